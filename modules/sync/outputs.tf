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

output "parameter_name" {
  description = "SSM parameter that holds the configuration, for `npx dynamodb-to-opensearch <command> --parameter`."
  value       = aws_ssm_parameter.configuration.name
}

output "role_arn" {
  description = "ARN of the function's role, for a domain's access policy or the role mapping of fine-grained access control."
  value       = aws_iam_role.function.arn
}

output "tables" {
  description = "Tables that are followed, by name: index, key attributes, stream ARN and stream view type."
  value = {
    for name, table in local.tables : name => {
      index            = table.index
      keys             = table.keys
      stream_arn       = table.stream_arn
      stream_view_type = table.stream_view_type
    }
  }
}
