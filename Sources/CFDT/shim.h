#ifndef BULKHEAD_CFDT_SHIM_H
#define BULKHEAD_CFDT_SHIM_H

#include <libfdt.h>

#endif
