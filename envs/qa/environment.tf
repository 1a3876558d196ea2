# Everything that is of quality assurance alone; the other files are the same in every environment.
terraform {
  backend "s3" {
    # `terraform init` asks for the bucket.
    key          = "dynamodb-to-opensearch/qa.tfstate"
    use_lockfile = true
  }
}

locals {
  environment = "qa"

  alarms       = { actions = var.alarm_actions, ok_actions = var.alarm_actions }
  dead_letters = { force_destroy = true }
  function     = { log_level = "INFO" }
  logs         = { retention_days = 30 }
}
