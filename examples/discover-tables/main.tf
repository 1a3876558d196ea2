# Every table of the account and region whose name matches and that has a stream, found at each plan. What
# is said about one by name goes before.

module "search_sync" {
  source = "../../modules/sync"

  name            = "shop-prod"
  opensearch      = { domain_name = "shop" }
  tables_matching = "^shop_prod_"

  tables = {
    shop_prod_users = { index = "people", exclude = ["password_hash"] }
  }
}

output "tables" {
  description = "What was found, with index, keys and stream."
  value       = module.search_sync.tables
}
