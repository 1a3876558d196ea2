provider "aws" {
  region = "eu-west-1"
}

module "search_sync" {
  source = "git::https://example.com/dynamodb-to-opensearch.git//modules/sync?ref=v1.0.0"

  name       = "shop-prod"
  opensearch = { domain_name = "shop" }

  tables = {
    Orders = {}
    Users  = { index = "people", exclude = ["password_hash"] }
  }
}

output "function_arn" {
  value = module.search_sync.function_arn
}
