/* The two functions that a compiler may call for any loop or copy; without SIMD, which belongs to nobody here. */

#include <stddef.h>
#include <stdint.h>

void *memset(void *destination, int value, size_t count) {
  volatile uint8_t *byte = destination;
  for (size_t index = 0; index < count; index++) byte[index] = (uint8_t)value;
  return destination;
}

void *memmove(void *destination, const void *source, size_t count) {
  volatile uint8_t *to = destination;
  const volatile uint8_t *from = source;
  if (to < from) {
    for (size_t index = 0; index < count; index++) to[index] = from[index];
  } else {
    for (size_t index = count; index > 0; index--) to[index - 1] = from[index - 1];
  }
  return destination;
}

void *memcpy(void *destination, const void *source, size_t count) { return memmove(destination, source, count); }
