/*
 * banned - functions that are easy to get wrong do not compile
 *
 * Included in every file by the build (-include). Use instead: str.h for strings and
 * numbers, buf.h or snprintf for formatting, proc.h for processes, fs.h for files,
 * random.h, clock.h.
 */
#pragma once

#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf gets
#pragma GCC poison strtok atoi atol atoll atof
#pragma GCC poison system popen tmpnam tempnam mktemp
#pragma GCC poison rand srand random srandom
#pragma GCC poison gmtime localtime ctime asctime
#pragma GCC poison alloca
