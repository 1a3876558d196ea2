output "alarm_arns" {
  description = "ARNs of the alarms: by kind, those of a table by kind and table, such as `differences/Orders`."
  value       = local.alarm_arns
}

output "aoss_access_policy" {
  description = "Data access policy, as JSON, that the serverless collection needs besides that of the module `sync`; null for a domain."
  value       = local.aoss_access_policy
}

output "dashboard_name" {
  description = "Name of the CloudWatch dashboard; null where there is none."
  value       = one(aws_cloudwatch_dashboard.this[*].dashboard_name)
}

output "function_arn" {
  description = "ARN of the function, which whoever looks at the dashboard invokes."
  value       = aws_lambda_function.this.arn
}

output "function_name" {
  description = "Name of the function, the dimension `function` of its metrics."
  value       = aws_lambda_function.this.function_name
}

output "parameter_name" {
  description = "SSM parameter by which `npx dynamodb-to-opensearch <command> --remote` finds all this."
  value       = aws_ssm_parameter.operations.name
}

output "role_arn" {
  description = "ARN of the function's role, for a domain's access policy or the role mapping of fine-grained access control."
  value       = aws_iam_role.function.arn
}

output "state_machine_arn" {
  description = "ARN of the state machine, whose executions are the runs."
  value       = aws_sfn_state_machine.this.arn
}
