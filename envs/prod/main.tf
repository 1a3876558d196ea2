provider "aws" {
  default_tags {
    tags = {
      application = "dynamodb-to-opensearch"
      environment = local.environment
    }
  }
}

module "sync" {
  source = "../../modules/sync"

  name       = "${var.name}-${local.environment}"
  opensearch = var.opensearch
  tables     = var.tables
  network    = var.network

  alarms       = local.alarms
  dead_letters = local.dead_letters
  function     = local.function
  logs         = local.logs
}

# The operator commands inside AWS, and the nightly verification.
module "operations" {
  source = "../../modules/operations"

  sync = module.sync

  alarms   = local.alarms
  function = local.function
  logs     = local.logs
}
