output "alarm_arns" {
  description = "ARNs of the alarms, by kind and table."
  value       = module.sync.alarm_arns
}

output "aoss_access_policy" {
  description = "Data access policy that a serverless collection needs, as JSON; null for a domain."
  value       = module.sync.aoss_access_policy
}

output "bucket_name" {
  description = "Bucket of rejected records and of the configuration."
  value       = module.sync.bucket_name
}

output "dashboard_name" {
  description = "Name of the CloudWatch dashboard."
  value       = module.sync.dashboard_name
}

output "function_arn" {
  description = "ARN of the function."
  value       = module.sync.function_arn
}

output "function_name" {
  description = "Name of the function."
  value       = module.sync.function_name
}

output "parameter_name" {
  description = "SSM parameter that holds the configuration."
  value       = module.sync.parameter_name
}

output "role_arn" {
  description = "ARN of the function's role: OpenSearch has to let it in."
  value       = module.sync.role_arn
}

output "tables" {
  description = "Tables that are followed, with index, keys and stream."
  value       = module.sync.tables
}
