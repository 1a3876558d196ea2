locals {
  # The names of buckets are the world's.
  bucket_name = "${var.name}-${local.account_id}-${local.region}"
  bucket_arn  = "arn:${local.partition}:s3:::${local.bucket_name}"

  rejected_prefix = "rejected/"
  # Lambda's own: https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
  given_up_prefix = "aws/lambda/"
  # What modules/operations keeps here.
  _operations_prefix = "operations/"
}

resource "aws_s3_bucket" "dead_letter" {
  bucket        = local.bucket_name
  force_destroy = var.dead_letters.force_destroy
  tags          = var.tags
}

resource "aws_s3_bucket_ownership_controls" "dead_letter" {
  bucket = aws_s3_bucket.dead_letter.bucket

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_public_access_block" "dead_letter" {
  bucket                  = aws_s3_bucket.dead_letter.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_versioning" "dead_letter" {
  bucket = aws_s3_bucket.dead_letter.bucket

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "dead_letter" {
  bucket = aws_s3_bucket.dead_letter.bucket

  rule {
    bucket_key_enabled = var.kms_key_arn != null

    apply_server_side_encryption_by_default {
      sse_algorithm     = var.kms_key_arn == null ? "AES256" : "aws:kms"
      kms_master_key_id = var.kms_key_arn
    }
  }
}

# Letters are kept until they are settled: nothing that is current expires, but what runs of operator commands were.
resource "aws_s3_bucket_lifecycle_configuration" "dead_letter" {
  bucket = aws_s3_bucket.dead_letter.bucket

  rule {
    id     = "forget-what-was-replaced-or-settled"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }

    expiration {
      expired_object_delete_marker = true
    }

    noncurrent_version_expiration {
      noncurrent_days = var.dead_letters.noncurrent_days
    }
  }

  rule {
    id     = "forget-runs"
    status = "Enabled"

    filter {
      prefix = local._operations_prefix
    }

    expiration {
      days = 90
    }
  }

  depends_on = [aws_s3_bucket_versioning.dead_letter]
}

data "aws_iam_policy_document" "dead_letter" {
  statement {
    sid       = "NobodyWithoutTls"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [local.bucket_arn, "${local.bucket_arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "dead_letter" {
  bucket = aws_s3_bucket.dead_letter.bucket
  policy = data.aws_iam_policy_document.dead_letter.json

  # S3 refuses two changes of a bucket's access at the same time.
  depends_on = [aws_s3_bucket_ownership_controls.dead_letter, aws_s3_bucket_public_access_block.dead_letter]
}
