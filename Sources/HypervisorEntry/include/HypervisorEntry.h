// What Swift cannot say: system registers, barriers, device accesses, and the symbols of the assembly beside this file.
#ifndef BULKHEAD_HYPERVISOR_ENTRY_H
#define BULKHEAD_HYPERVISOR_ENTRY_H

#include "layout.h"
#include "registers.h"
#include "symbols.h"

#endif
