output "alarm_arns" {
  description = "ARNs of the alarms: by kind, those of a table by kind and table, such as `freshness/Orders`."
  value       = local.alarm_arns
}

output "aoss_access_policy" {
  description = "Data access policy, as JSON, that the serverless collection needs; null for a domain."
  value       = local.aoss_access_policy
}

output "bucket_name" {
  description = "Bucket of the configuration (`config/`) and of rejected records (`rejected/`, and `aws/lambda/` by Lambda itself)."
  value       = aws_s3_bucket.dead_letter.bucket
}

output "configuration_key" {
  description = "Key of the configuration in the bucket, where the parameter cannot hold it and points there; else null."
  value       = local.is_overflowing ? aws_s3_object.configuration.key : null
}

output "dashboard_name" {
  description = "Name of the CloudWatch dashboard; null where there is none."
  value       = one(aws_cloudwatch_dashboard.this[*].dashboard_name)
}

output "function_arn" {
  description = "ARN of the function."
  value       = aws_lambda_function.this.arn
}

output "function_name" {
  description = "Name of the function, the dimension `function` of its metrics."
  value       = aws_lambda_function.this.function_name
}

output "kms_key_arn" {
  description = "ARN of the KMS key of the parameter and the bucket; null where AWS holds it."
  value       = var.kms_key_arn
}

output "name" {
  description = "Prefix of every resource name."
  value       = var.name
}

output "network" {
  description = "VPC that the function runs in: `subnet_ids` and `security_group_ids`; null is outside of any."
  value       = var.network
}

output "opensearch" {
  description = "Where the indexes are, for a role's policy: `arn` and `service`, `secret_arn` where there is a password, and on Serverless `collection_name` and `manage_access_policy`."
  value = {
    arn                  = local.opensearch_arn
    service              = var.opensearch.service
    secret_arn           = var.opensearch.secret_arn
    collection_name      = var.opensearch.collection_name
    manage_access_policy = var.opensearch.manage_access_policy
  }
}

output "parameter_arn" {
  description = "ARN of the SSM parameter that holds the configuration."
  value       = local.parameter_arn
}

output "parameter_name" {
  description = "SSM parameter that holds the configuration, for `npx dynamodb-to-opensearch <command> --parameter`."
  value       = aws_ssm_parameter.configuration.name
}

output "parameter_version" {
  description = "Version of the SSM parameter: another one with every change of the configuration."
  value       = aws_ssm_parameter.configuration.version
}

output "role_arn" {
  description = "ARN of the function's role, for a domain's access policy or the role mapping of fine-grained access control."
  value       = aws_iam_role.function.arn
}

output "tables" {
  description = "Tables that are followed, by name: ARN, index, key attributes, KMS key of its own (else empty), stream ARN and stream view type."
  value = {
    for name, table in local.tables : name => {
      arn              = table.arn
      index            = table.index
      keys             = table.keys
      kms_key_arn      = table.kms_key_arn
      stream_arn       = table.stream_arn
      stream_view_type = table.stream_view_type
    }
  }
}
