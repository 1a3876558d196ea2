# How `npx dynamodb-to-opensearch <command> --remote` finds what is made here, by the name of the configuration.
resource "aws_ssm_parameter" "operations" {
  name        = "${var.sync.parameter_name}-operations"
  description = "Where operator commands run inside AWS"
  type        = "String"
  tags        = var.tags

  value = jsonencode({
    state_machine_arn = aws_sfn_state_machine.this.arn
    function_name     = aws_lambda_function.this.function_name
    bucket            = var.sync.bucket_name
    prefix            = local.operations_prefix
  })
}
