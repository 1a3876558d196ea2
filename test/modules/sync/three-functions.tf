# Three functions, which between them have every statement that the module can write into a role's policy.

variable "endpoint" {
  description = "Where OpenSearch is."
  type        = string
}

variable "key_arn" {
  description = "KMS key of the parameter and the bucket."
  type        = string
}

variable "secret_arn" {
  description = "Secret with user and password."
  type        = string
}

provider "aws" {}

module "signed" {
  source = "../modules/sync"

  name        = "roles-signed"
  opensearch  = { domain_name = "roles" }
  kms_key_arn = var.key_arn
  function    = { tracing = true }
  network     = { subnet_ids = ["subnet-1"], security_group_ids = ["sg-1"] }

  tables = {
    # So much that the configuration has to lie in the bucket.
    Roles_Items = { mappings = jsonencode({ properties = { for number in range(400) : "field_${number}" => { type = "keyword" } } }) }
    Roles_Keys  = {}
  }
}

module "password" {
  source = "../modules/sync"

  name        = "roles-password"
  opensearch  = { endpoint = var.endpoint, secret_arn = var.secret_arn }
  kms_key_arn = var.key_arn
  tables      = { Roles_Items = { index = "roles_password" } }
}

module "serverless" {
  source = "../modules/sync"

  name = "roles-serverless"
  opensearch = {
    endpoint        = var.endpoint
    arn             = "arn:aws:aoss:eu-west-1:123456789012:collection/abcdefghij1234567890"
    service         = "aoss"
    collection_name = "roles"
  }
  tables = { Roles_Items = { index = "roles_serverless" } }
}
