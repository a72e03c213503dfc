/* What the attacking guest needs beyond GuestSupport: vectors that survive everything, single instructions aimed at any
 * address, and a way to run any instruction at all with any register values. */
#ifndef HOSTILE_SUPPORT_H
#define HOSTILE_SUPPORT_H

#include "Accesses.h"
#include "Calls.h"
#include "CaughtExceptions.h"
#include "Interface.h"
#include "Sandbox.h"
#include "Translation.h"

#endif
