data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  account_id = data.aws_caller_identity.current.account_id
  partition  = data.aws_partition.current.partition
  region     = data.aws_region.current.id

  # The state machine's name too.
  function_name = "${var.sync.name}-operations"

  # Roles, policies and dashboards have one namespace for all regions of an account.
  global_name = "${var.sync.name}-${local.region}"

  function_arn      = "arn:${local.partition}:lambda:${local.region}:${local.account_id}:function:${local.function_name}"
  state_machine_arn = "arn:${local.partition}:states:${local.region}:${local.account_id}:stateMachine:${local.function_name}"
}

# What lies in the bucket: docs/contract.md §6 and §14.
locals {
  bucket_arn = "arn:${local.partition}:s3:::${var.sync.bucket_name}"

  operations_prefix = "operations/"
  rejected_prefix   = "rejected/"
  given_up_prefix   = "aws/lambda/"
}
