# In place of the Python Lambda dynamodb-to-elasticsearch: its endpoint file, its indexes, its document ids.
# docs/migrating.md tells the steps; the two must never write at the same time.

module "search_sync" {
  source = "../../modules/sync"

  name       = "shop-prod"
  opensearch = { config_object = { bucket = "shop-lambda-code", key = "prod_es_creds" } }

  tables = {
    Orders = { profile = "bfansports" }
    Users  = { profile = "bfansports" }
  }
}
