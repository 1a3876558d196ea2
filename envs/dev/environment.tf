# Everything that is of development alone; the other files are the same in every environment.
terraform {
  backend "s3" {
    # `terraform init` asks for the bucket.
    key          = "dynamodb-to-opensearch/dev.tfstate"
    use_lockfile = true
  }
}

locals {
  environment = "dev"

  alarms       = null
  dead_letters = { force_destroy = true }
  function     = { log_level = "DEBUG" }
  logs         = { retention_days = 7 }
}
