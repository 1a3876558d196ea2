# Many tables, each with what is particular about it, and somebody who is told when an alarm goes off. One
# function serves them all; a table that is removed leaves the others alone.

locals {
  tags = { team = "search" }
}

module "search_sync" {
  source = "../../modules/sync"

  name       = "shop-prod"
  opensearch = { domain_name = "shop" }

  tables = {
    # Busy: four invocations at a time for each shard. Changes of one item stay in order.
    Orders = { parallelization_factor = 4 }

    # Another index, and attributes that nobody may search.
    Users = { index = "people", exclude = ["password_hash", "session"] }

    # One table of many kinds of items, of which two are searched.
    Catalog = { where = { kind = ["product", "bundle"] } }

    # An index made to measure, when the function creates it.
    Reviews = {
      settings = jsonencode({ number_of_shards = 3, refresh_interval = "5s" })
      mappings = jsonencode({
        properties = {
          stars = { type = "byte" }
          text  = { type = "text", analyzer = "english" }
        }
      })
    }

    # Each document passes an ingest pipeline of OpenSearch's, for embeddings for instance. Slower, so fewer at a time.
    Articles = { pipeline = "embeddings", batch_size = 100 }
  }

  alarms   = { actions = [aws_sns_topic.on_call.arn], freshness_seconds = 60 }
  function = { memory_mb = 1024, reserved_concurrency = 20 }
  logs     = { retention_days = 90 }
  tags     = local.tags
}

resource "aws_sns_topic" "on_call" {
  name = "shop-prod-on-call"
  tags = local.tags
}
