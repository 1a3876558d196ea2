# modules/sync with modules/operations next to it, on one table.

provider "aws" {}

module "sync" {
  source = "../modules/sync"

  name       = "operated"
  opensearch = { domain_name = "operated" }
  tables     = { Operated_Orders = {} }
}

module "operations" {
  source = "../modules/operations"

  sync = module.sync
}
