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

output "operations_alarm_arns" {
  description = "ARNs of the alarms of operations, by kind and table."
  value       = module.operations.alarm_arns
}

output "operations_aoss_access_policy" {
  description = "Data access policy that a serverless collection needs for operations, as JSON; null for a domain."
  value       = module.operations.aoss_access_policy
}

output "operations_dashboard_name" {
  description = "Name of the CloudWatch dashboard that says whether index equals table."
  value       = module.operations.dashboard_name
}

output "operations_function_arn" {
  description = "ARN of the function of operations."
  value       = module.operations.function_arn
}

output "operations_function_name" {
  description = "Name of the function of operations."
  value       = module.operations.function_name
}

output "operations_parameter_name" {
  description = "SSM parameter by which `--remote` finds the operations."
  value       = module.operations.parameter_name
}

output "operations_role_arn" {
  description = "ARN of the role of operations: OpenSearch has to let it in too."
  value       = module.operations.role_arn
}

output "operations_state_machine_arn" {
  description = "ARN of the state machine of operations."
  value       = module.operations.state_machine_arn
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
