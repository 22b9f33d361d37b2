/*
 * audit_resource - what CloudTrail calls the resource of an ARN
 *
 *     arn:aws:kms:…:key/1234          AWS::KMS::Key             the ARN
 *     arn:aws:iam::1:role/path/r      AWS::IAM::Role            r
 *     arn:aws:s3:::bucket             AWS::S3::Bucket           bucket
 *
 * Errors    none: what the table does not know has no type, and the ARN for its name
 */
#pragma once

#include "base/str.h"

/* "AWS::KMS::Key"; absent: a kind without a type. */
str audit_resource_type(str arn);
/* The name that lookups answer with and, beside the ARN, find it by; a view into `arn`. */
str audit_resource_name(str arn);
