variable "sync" {
  description = <<-EOT
    The module `sync` whose tables and indexes are worked on: `module.search_sync`, whole.

    - `name`: its prefix, which everything made here has too.
    - `bucket_name`: its bucket, in which runs are kept under `operations/`.
    - `configuration_key`: key of its configuration in the bucket, where the parameter points there.
    - `kms_key_arn`: ARN of the KMS key of the parameter and the bucket; null where AWS holds it.
    - `network`: VPC that its function runs in, and this one too; null is outside of any.
    - `network.subnet_ids`: its subnets.
    - `network.security_group_ids`: its security groups.
    - `opensearch`: where the indexes are.
    - `opensearch.arn`: of the domain or the serverless collection.
    - `opensearch.service`: that of the module `sync`.
    - `opensearch.secret_arn`: of the secret with user and password, where there is one.
    - `opensearch.collection_name`: of a serverless collection.
    - `opensearch.manage_access_policy`: whether the collection's data access policies are made by the modules.
    - `parameter_arn`: ARN of the parameter that holds the configuration.
    - `parameter_name`: its name.
    - `parameter_version`: its version: another configuration restarts the function.
    - `tables`: the tables that are followed, by name.
    - `tables.arn`: of the table.
    - `tables.index`: its index.
    - `tables.kms_key_arn`: of the KMS key of its own, if any.
  EOT
  type = object({
    name              = string
    bucket_name       = string
    configuration_key = optional(string)
    kms_key_arn       = optional(string)
    network = optional(object({
      subnet_ids         = set(string)
      security_group_ids = set(string)
    }))
    opensearch = object({
      arn                  = optional(string)
      service              = string
      secret_arn           = optional(string)
      collection_name      = optional(string)
      manage_access_policy = optional(bool, false)
    })
    parameter_arn     = string
    parameter_name    = string
    parameter_version = number
    tables = map(object({
      arn         = string
      index       = string
      kms_key_arn = optional(string)
    }))
  })
  nullable = false
}

variable "alarms" {
  description = <<-EOT
    CloudWatch alarms; null creates none. Each names the heading of docs/operations.md that helps.

    - `actions`: ARNs that are told when an alarm goes off, SNS topics for instance.
    - `ok_actions`: ARNs that are told when it is over; never of `failed_runs`, since the next run proves nothing about that one.
    - `disabled`: alarms that are not wanted, of `differences` and `failed_runs`.
  EOT
  type = object({
    actions    = optional(set(string), [])
    ok_actions = optional(set(string), [])
    disabled   = optional(set(string), [])
  })
  default = {}

  validation {
    condition     = alltrue([for arn in setunion(try(var.alarms.actions, []), try(var.alarms.ok_actions, [])) : can(regex("^arn:aws[a-z-]*:[a-z0-9-]+:", arn))])
    error_message = "alarms.actions and alarms.ok_actions: must be ARNs, such as arn:aws:sns:eu-west-1:123456789012:on-call."
  }

  validation {
    condition     = alltrue([for alarm in try(var.alarms.disabled, []) : contains(["differences", "failed_runs"], alarm)])
    error_message = "alarms.disabled: must be some of differences, failed_runs; not ${join(", ", try(var.alarms.disabled, []))}."
  }
}

variable "concurrency" {
  description = "How many parts of a run are worked on at once, where its order does not say: as many invocations of the function, each with its own reads and writes."
  type        = number
  default     = 10
  nullable    = false

  validation {
    condition     = var.concurrency >= 1 && var.concurrency <= 1000 && floor(var.concurrency) == var.concurrency
    error_message = "concurrency: must be a whole number between 1 and 1000."
  }
}

variable "dashboard" {
  description = <<-EOT
    CloudWatch dashboard; null creates none.

    - `days`: the stretch of time that it shows when it is opened.
  EOT
  type = object({
    days = optional(number, 14)
  })
  default = {}

  validation {
    condition     = var.dashboard == null || try(var.dashboard.days >= 1 && var.dashboard.days <= 90 && floor(var.dashboard.days) == var.dashboard.days, true)
    error_message = "dashboard.days: must be a whole number between 1 and 90."
  }
}

variable "function" {
  description = <<-EOT
    The Lambda function, which works on one slice of one part at a time.

    - `memory_mb`: 256 to 10240; its share of a CPU grows with it.
    - `timeout_seconds`: 60 to 900; a slice stores where it is before its time is up, and another goes on from there.
    - `architecture`: `arm64` or `x86_64`.
    - `runtime`: `nodejs22.x` or `nodejs24.x`; the latter needs version 6.20 of the AWS provider or newer.
    - `log_level`: `DEBUG`, `INFO`, `WARN` or `ERROR`.
  EOT
  type = object({
    memory_mb       = optional(number, 1024)
    timeout_seconds = optional(number, 900)
    architecture    = optional(string, "arm64")
    runtime         = optional(string, "nodejs22.x")
    log_level       = optional(string, "INFO")
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.function.memory_mb >= 256 && var.function.memory_mb <= 10240 && floor(var.function.memory_mb) == var.function.memory_mb
    error_message = "function.memory_mb: must be a whole number between 256 and 10240."
  }

  validation {
    condition     = var.function.timeout_seconds >= 60 && var.function.timeout_seconds <= 900 && floor(var.function.timeout_seconds) == var.function.timeout_seconds
    error_message = "function.timeout_seconds: must be a whole number between 60 and 900; a slice needs some of it to store where it is."
  }

  validation {
    condition     = contains(["arm64", "x86_64"], var.function.architecture)
    error_message = "function.architecture: must be arm64 or x86_64."
  }

  validation {
    condition     = contains(["nodejs22.x", "nodejs24.x"], var.function.runtime)
    error_message = "function.runtime: must be nodejs22.x or nodejs24.x."
  }

  validation {
    condition     = contains(["DEBUG", "INFO", "WARN", "ERROR"], var.function.log_level)
    error_message = "function.log_level: must be DEBUG, INFO, WARN or ERROR."
  }
}

variable "logs" {
  description = <<-EOT
    The function's log group.

    - `retention_days`: how long lines are kept, in one of CloudWatch's steps; 0 is for ever.
    - `kms_key_arn`: ARN of a KMS key for the log group; its policy must allow CloudWatch Logs to use it.
  EOT
  type = object({
    retention_days = optional(number, 30)
    kms_key_arn    = optional(string)
  })
  default  = {}
  nullable = false

  validation {
    condition     = contains([0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.logs.retention_days)
    error_message = "logs.retention_days: ${var.logs.retention_days} is none of CloudWatch's steps: 0 (for ever), 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653."
  }

  validation {
    condition     = var.logs.kms_key_arn == null || can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.logs.kms_key_arn))
    error_message = "logs.kms_key_arn: must be the ARN of a key (arn:aws:kms:…:key/…)."
  }
}

variable "permissions_boundary_arn" {
  description = "ARN of the policy that bounds the permissions of the roles; null bounds each by its own policies alone."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null || can(regex("^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/.+$", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn: must be the ARN of an IAM policy (arn:aws:iam::…:policy/…)."
  }
}

variable "schedule" {
  description = <<-EOT
    When tables are verified by themselves, every night unless said otherwise; null is never.

    - `expression`: when, in the words of EventBridge Scheduler: a cron expression of six fields such as `cron(15 2 * * ? *)`, or a rate.
    - `timezone`: of the expression, such as `Europe/Berlin`.
    - `tables`: names of the tables; null is all of them.
    - `sample`: percent of tables and indexes that are looked at; null is all of each. Only a whole verification counts as one on the dashboard.
    - `repair`: whether what differs is mended too.
    - `enabled`: false keeps the schedule without following it.
  EOT
  type = object({
    expression = optional(string, "cron(15 2 * * ? *)")
    timezone   = optional(string, "UTC")
    tables     = optional(set(string))
    sample     = optional(number)
    repair     = optional(bool, false)
    enabled    = optional(bool, true)
  })
  default = {}

  validation {
    condition     = var.schedule == null || can(regex("^(cron[(][^ ()]+( [^ ()]+){5}[)]|rate[(][1-9][0-9]* (minutes?|hours?|days?)[)])$", var.schedule.expression))
    error_message = "schedule.expression: \"${try(var.schedule.expression, "-")}\" must be a cron(…) of six fields or a rate(…), such as \"cron(15 2 * * ? *)\" or \"rate(1 day)\"."
  }

  validation {
    condition     = var.schedule == null || try(length(var.schedule.tables) > 0 && length(setsubtract(var.schedule.tables, keys(var.sync.tables))) == 0, true)
    error_message = "schedule.tables: must name some of the tables that are followed (${join(", ", keys(var.sync.tables))}); leave it out for all of them."
  }

  validation {
    condition     = var.schedule == null || try(var.schedule.sample > 0 && var.schedule.sample <= 100, true)
    error_message = "schedule.sample: must be more than 0 and at most 100 percent; leave it out to look at everything."
  }
}

variable "tags" {
  description = "Tags of every resource that can have some."
  type        = map(string)
  default     = {}
  nullable    = false
}
