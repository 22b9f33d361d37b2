/*
 * template - "arn:aws:s3:::{Bucket}/{Key}": a text with members of the input in it
 *
 * {region} and {account} are the call's; "{Path=/}" has a default for when the member
 * is absent; without one an absent member is empty.
 */
#pragma once

#include "api/call.h"

str template_expand(struct call *call, const char *template, const void *in);
