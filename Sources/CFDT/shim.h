#ifndef BULKHEAD_CFDT_SHIM_H
#define BULKHEAD_CFDT_SHIM_H

#include <libfdt.h>

// libfdt gives the header's fields as macros, which Swift does not import.

static inline uint32_t bulkhead_fdt_version(const void *fdt) { return fdt_version(fdt); }
static inline uint32_t bulkhead_fdt_last_comp_version(const void *fdt) { return fdt_last_comp_version(fdt); }
static inline uint32_t bulkhead_fdt_totalsize(const void *fdt) { return fdt_totalsize(fdt); }
static inline uint32_t bulkhead_fdt_off_dt_struct(const void *fdt) { return fdt_off_dt_struct(fdt); }
static inline uint32_t bulkhead_fdt_off_mem_rsvmap(const void *fdt) { return fdt_off_mem_rsvmap(fdt); }

#endif
