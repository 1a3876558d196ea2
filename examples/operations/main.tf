# The operator commands inside AWS, and every night the answer to whether each index equals its table.
# OpenSearch has to let both roles in: the stream function's, and that of operations.

module "search_sync" {
  source = "../../modules/sync"

  name       = "shop-prod"
  opensearch = { domain_name = "shop" }

  tables = {
    Orders = {}
    Users  = { index = "people" }
  }
}

module "operations" {
  source = "../../modules/operations"

  sync     = module.search_sync
  alarms   = { actions = [aws_sns_topic.on_call.arn] }
  schedule = { expression = "cron(30 3 * * ? *)", timezone = "Europe/Berlin" }
  tags     = local.tags
}

resource "aws_sns_topic" "on_call" {
  name = "shop-prod-index-equality"
  tags = local.tags
}

locals {
  tags = { application = "shop" }
}

output "role_arns" {
  description = "ARNs of the roles that OpenSearch has to let in."
  value       = [module.search_sync.role_arn, module.operations.role_arn]
}
