# A table that is made together with its index, in one apply. By `arn` Terraform makes the table first and has
# the module look it up when it is there. Its name must be known at plan, so it must not be computed. The
# module gets no `depends_on`: later changes of the table would make everything of the module anew.

resource "aws_dynamodb_table" "invoices" {
  name         = "Invoices"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "customer"
  range_key    = "number"

  attribute {
    name = "customer"
    type = "S"
  }

  attribute {
    name = "number"
    type = "N"
  }

  # The new image is enough. With KEYS_ONLY or OLD_IMAGE each change would cost a read of its item.
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"

  tags = local.tags
}

locals {
  tags = { application = "shop" }
}

module "search_sync" {
  source = "../../modules/sync"

  name       = "shop-prod"
  opensearch = { domain_name = "shop" }
  tags       = local.tags

  tables = {
    (aws_dynamodb_table.invoices.name) = { arn = aws_dynamodb_table.invoices.arn }
  }
}
