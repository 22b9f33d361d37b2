/*
 * banned - functions that are easy to get wrong do not compile
 *
 * Included in every file by the build (-include). Use instead: str.h for strings and
 * numbers, buf.h or snprintf for formatting, proc.h for processes, fs.h for files,
 * random.h, clock.h.
 */
#pragma once

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <alloca.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

/* A call becomes this name, which nothing declares. Macros, not #pragma poison: system
 * headers name parameters and members like some of these. */
#define BANNED(name) name##_is_banned_see_base_banned_h

#undef alloca /* some of them are macros already */
#undef sprintf
#undef vsprintf
#define strcpy(...) BANNED(strcpy)
#define strcat(...) BANNED(strcat)
#define strncpy(...) BANNED(strncpy)
#define strncat(...) BANNED(strncat)
#define sprintf(...) BANNED(sprintf)
#define vsprintf(...) BANNED(vsprintf)
#define gets(...) BANNED(gets)
#define strtok(...) BANNED(strtok)
#define atoi(...) BANNED(atoi)
#define atol(...) BANNED(atol)
#define atoll(...) BANNED(atoll)
#define atof(...) BANNED(atof)
#define system(...) BANNED(system)
#define popen(...) BANNED(popen)
#define tmpnam(...) BANNED(tmpnam)
#define tempnam(...) BANNED(tempnam)
#define mktemp(...) BANNED(mktemp)
#define rand(...) BANNED(rand)
#define srand(...) BANNED(srand)
#define random(...) BANNED(random)
#define srandom(...) BANNED(srandom)
#define gmtime(...) BANNED(gmtime)
#define localtime(...) BANNED(localtime)
#define ctime(...) BANNED(ctime)
#define asctime(...) BANNED(asctime)
#define alloca(...) BANNED(alloca)
