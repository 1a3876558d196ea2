# The operations of three modules `sync`, which between them have every statement that the module can write into a role's policy.

provider "aws" {}

locals {
  key_arn = "arn:aws:kms:eu-west-1:123456789012:key/11111111-1111-1111-1111-111111111111"
}

module "signed_sync" {
  source = "../modules/sync"

  name        = "ops-signed"
  opensearch  = { endpoint = "https://search-roles-abcdefghijklmnopqrstuvwxyz.eu-west-1.es.amazonaws.com" }
  kms_key_arn = local.key_arn
  network     = { subnet_ids = ["subnet-1"], security_group_ids = ["sg-1"] }

  # So much that the configuration has to lie in the bucket.
  tables = { Roles_Items = { mappings = jsonencode({ properties = { for number in range(400) : "field_${number}" => { type = "keyword" } } }) } }
}

module "signed" {
  source = "../modules/operations"

  sync = module.signed_sync
}

module "password_sync" {
  source = "../modules/sync"

  name        = "ops-password"
  opensearch  = { endpoint = "https://search.example.com", secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:roles-abcdef" }
  kms_key_arn = local.key_arn
  tables      = { Roles_Items = { index = "roles_password" } }
}

module "password" {
  source = "../modules/operations"

  sync = module.password_sync
}

module "serverless_sync" {
  source = "../modules/sync"

  name       = "ops-serverless"
  opensearch = { endpoint = "https://abcdefghij1234567890.eu-west-1.aoss.amazonaws.com", service = "aoss", collection_name = "roles" }
  tables     = { Roles_Items = { index = "roles_serverless" } }
}

module "serverless" {
  source = "../modules/operations"

  sync = module.serverless_sync
}
