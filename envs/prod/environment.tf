# Everything that is of production alone; the other files are the same in every environment.
terraform {
  backend "s3" {
    # `terraform init` asks for the bucket.
    key          = "dynamodb-to-opensearch/prod.tfstate"
    use_lockfile = true
  }
}

locals {
  environment = "prod"

  alarms       = { actions = var.alarm_actions, ok_actions = var.alarm_actions }
  dead_letters = { force_destroy = false }
  function     = { log_level = "INFO" }
  logs         = { retention_days = 90 }
}
