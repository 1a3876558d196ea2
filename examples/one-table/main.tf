# One table and a domain of the same account: all that has to be said. The table needs a stream; the
# domain's access policy has to let the output `role_arn` in.

module "search_sync" {
  source = "../../modules/sync"

  name       = "shop-prod"
  opensearch = { domain_name = "shop" }

  tables = {
    Orders = {}
  }
}

output "role_arn" {
  description = "ARN of the role that OpenSearch has to let in."
  value       = module.search_sync.role_arn
}
