variable "name" {
  description = "Prefix of every resource name, such as `shop-prod`: 3 to 30 lower-case letters, digits and hyphens."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.name))
    error_message = "name: \"${var.name}\" must be 3 to 30 lower-case letters, digits and hyphens, begin with a letter and not end with a hyphen, such as \"shop-prod\"."
  }

  validation {
    condition     = !can(regex("^(aws|ssm|xn--|sthree-|amzn-s3-demo-)", var.name))
    error_message = "name: \"${var.name}\" must not begin with aws, ssm, xn--, sthree- or amzn-s3-demo-, which AWS keeps for its own parameters and buckets."
  }
}

variable "opensearch" {
  description = <<-EOT
    Where to index: exactly one of `domain_name`, `endpoint` and `config_object`.

    - `domain_name`: an OpenSearch Service domain of this account and region; its address and ARN are looked up.
    - `endpoint`: the https URL of a domain or a serverless collection.
    - `config_object`: an S3 object that holds the address, as JSON `{"endpoint": "https://…"}` or as the `ES_ENDPOINT='…'` of the original dynamodb-to-elasticsearch.
    - `config_object.bucket`: name of its bucket.
    - `config_object.key`: its key; the object needs a text content type, or Terraform cannot read it.
    - `arn`: of the domain or collection, for the role's policy; read from the address where that is AWS's own and the account is this one.
    - `service`: `es` (OpenSearch Service) or `aoss` (OpenSearch Serverless).
    - `region`: for signing requests; read from the address where that is AWS's own, else this region.
    - `secret_arn`: of a Secrets Manager secret, JSON with `username` and `password`, for basic authentication in place of signed requests; the domain's access policy must allow unsigned ones.
    - `collection_name`: of the serverless collection, which its data access policy goes by; required with `aoss`.
    - `manage_access_policy`: whether the module creates that data access policy; it is an output in any case.
  EOT
  type = object({
    domain_name = optional(string)
    endpoint    = optional(string)
    config_object = optional(object({
      bucket = string
      key    = string
    }))
    arn                  = optional(string)
    service              = optional(string, "es")
    region               = optional(string)
    secret_arn           = optional(string)
    collection_name      = optional(string)
    manage_access_policy = optional(bool, false)
  })
  nullable = false

  validation {
    condition = length([
      for address in [var.opensearch.domain_name, var.opensearch.endpoint, var.opensearch.config_object] : true
      if address != null
    ]) == 1
    error_message = "opensearch: give exactly one of domain_name, endpoint and config_object."
  }

  validation {
    condition     = var.opensearch.domain_name == null || can(regex("^[a-z][a-z0-9-]{2,27}$", var.opensearch.domain_name))
    error_message = "opensearch.domain_name: \"${coalesce(var.opensearch.domain_name, "-")}\" is no name of a domain: 3 to 28 lower-case letters, digits and hyphens. An address goes into opensearch.endpoint."
  }

  validation {
    condition     = var.opensearch.endpoint == null || can(regex(local.endpoint_pattern, var.opensearch.endpoint))
    error_message = "opensearch.endpoint: must be an https URL such as \"https://search-shop-….eu-west-1.es.amazonaws.com\" (http only for localhost, 127.0.0.0/8 and [::1]), without user, password, query and fragment; a password goes into a secret, see opensearch.secret_arn."
  }

  validation {
    condition     = can(regex("[.]aoss[.]", var.opensearch.endpoint)) ? var.opensearch.service == "aoss" : true
    error_message = "opensearch.service: the endpoint is that of a serverless collection; add service = \"aoss\"."
  }

  validation {
    condition     = contains(["es", "aoss"], var.opensearch.service)
    error_message = "opensearch.service: must be es (OpenSearch Service) or aoss (OpenSearch Serverless)."
  }

  validation {
    condition     = var.opensearch.arn == null || can(regex("^arn:aws[a-z-]*:(es:[a-z0-9-]+:[0-9]{12}:domain|aoss:[a-z0-9-]+:[0-9]{12}:collection)/[a-z0-9-]+$", var.opensearch.arn))
    error_message = "opensearch.arn: must be the ARN of a domain (arn:aws:es:…:domain/…) or of a serverless collection (arn:aws:aoss:…:collection/…), without an index."
  }

  validation {
    condition     = var.opensearch.arn == null || try(split(":", var.opensearch.arn)[2], "") == var.opensearch.service
    error_message = "opensearch.arn: must be of the service that opensearch.service names (es is a domain, aoss a serverless collection)."
  }

  validation {
    condition     = var.opensearch.region == null || can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]+$", var.opensearch.region))
    error_message = "opensearch.region: must be the name of a region, such as eu-west-1."
  }

  validation {
    condition     = var.opensearch.secret_arn == null || can(regex("^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:.+$", var.opensearch.secret_arn))
    error_message = "opensearch.secret_arn: must be the ARN of a Secrets Manager secret (arn:aws:secretsmanager:…:secret:…); user and password stand in it, as JSON."
  }

  validation {
    condition     = var.opensearch.service != "aoss" || (var.opensearch.domain_name == null && var.opensearch.secret_arn == null)
    error_message = "opensearch: a serverless collection (service = \"aoss\") is reached by its endpoint and with signed requests; leave out domain_name and secret_arn."
  }

  validation {
    condition     = var.opensearch.service != "aoss" || can(regex("^[a-z][a-z0-9-]{2,31}$", var.opensearch.collection_name))
    error_message = "opensearch.collection_name: service = \"aoss\" needs the name of the collection (3 to 32 lower-case letters, digits and hyphens): data access policies go by it."
  }

  validation {
    condition     = var.opensearch.service == "aoss" || (var.opensearch.collection_name == null && !var.opensearch.manage_access_policy)
    error_message = "opensearch: collection_name and manage_access_policy are for serverless collections; add service = \"aoss\" or leave them out."
  }
}

variable "alarms" {
  description = <<-EOT
    CloudWatch alarms; null creates none. Each names the heading of docs/operations.md that helps.

    - `actions`: ARNs that are told when an alarm goes off, SNS topics for instance.
    - `ok_actions`: ARNs that are told when it is over; never of `dead_letters` and `records_lost`, since quiet settles neither.
    - `disabled`: alarms that are not wanted, of `dead_letters`, `errors`, `freshness`, `iterator_age`, `records_lost`, `retries`, `stopped` and `throttles`.
    - `dead_letters`: records of a table, in five minutes, from which on it goes off.
    - `errors`: failed invocations in five minutes from which on it goes off.
    - `freshness_seconds`: how old the change that waited longest may be when it is written, for a quarter of an hour.
    - `iterator_age_seconds`: how far the function may be behind a stream, for a quarter of an hour.
    - `retries`: records of a table that come again, in each of three times five minutes, from which on it goes off.
    - `stopped_minutes`: how long nothing may be received from a table that is written, or whose stream Lambda does not poll; a multiple of 5.
    - `throttles`: throttled invocations, in each of three times five minutes, from which on it goes off.
  EOT
  type = object({
    actions              = optional(set(string), [])
    ok_actions           = optional(set(string), [])
    disabled             = optional(set(string), [])
    dead_letters         = optional(number, 1)
    errors               = optional(number, 1)
    freshness_seconds    = optional(number, 120)
    iterator_age_seconds = optional(number, 300)
    retries              = optional(number, 1)
    stopped_minutes      = optional(number, 15)
    throttles            = optional(number, 1)
  })
  default = {}

  validation {
    condition     = alltrue([for arn in setunion(try(var.alarms.actions, []), try(var.alarms.ok_actions, [])) : can(regex("^arn:aws[a-z-]*:[a-z0-9-]+:", arn))])
    error_message = "alarms.actions and alarms.ok_actions: must be ARNs, such as arn:aws:sns:eu-west-1:123456789012:on-call."
  }

  validation {
    condition = alltrue([
      for alarm in try(var.alarms.disabled, []) :
      contains(["dead_letters", "errors", "freshness", "iterator_age", "records_lost", "retries", "stopped", "throttles"], alarm)
    ])
    error_message = "alarms.disabled: must be some of dead_letters, errors, freshness, iterator_age, records_lost, retries, stopped, throttles; not ${join(", ", try(var.alarms.disabled, []))}."
  }

  validation {
    condition = var.alarms == null || alltrue([
      for threshold in ["dead_letters", "errors", "freshness_seconds", "iterator_age_seconds", "retries", "throttles"] :
      try(var.alarms[threshold] > 0, true)
    ])
    error_message = "alarms: each of dead_letters, errors, freshness_seconds, iterator_age_seconds, retries and throttles must be more than 0; to go without an alarm, name it in alarms.disabled."
  }

  validation {
    condition     = var.alarms == null || try(var.alarms.stopped_minutes >= 5 && var.alarms.stopped_minutes <= 1440 && var.alarms.stopped_minutes % 5 == 0, true)
    error_message = "alarms.stopped_minutes: must be a multiple of 5 between 5 and 1440."
  }
}

variable "dashboard" {
  description = <<-EOT
    CloudWatch dashboard; null creates none.

    - `hours`: the stretch of time that it shows when it is opened.
  EOT
  type = object({
    hours = optional(number, 3)
  })
  default = {}

  validation {
    condition     = var.dashboard == null || try(var.dashboard.hours >= 1 && var.dashboard.hours <= 720 && floor(var.dashboard.hours) == var.dashboard.hours, true)
    error_message = "dashboard.hours: must be a whole number between 1 and 720."
  }
}

variable "dead_letters" {
  description = <<-EOT
    The bucket of rejected records, which are kept until they are settled.

    - `force_destroy`: whether destroying the module destroys unsettled letters too; without it, `terraform destroy` fails while the bucket holds any, settled ones that can still be brought back included.
    - `noncurrent_days`: how long replaced configurations and settled letters can still be brought back.
  EOT
  type = object({
    force_destroy   = optional(bool, false)
    noncurrent_days = optional(number, 30)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.dead_letters.noncurrent_days >= 1 && floor(var.dead_letters.noncurrent_days) == var.dead_letters.noncurrent_days
    error_message = "dead_letters.noncurrent_days: must be a whole number of days, at least 1."
  }
}

variable "function" {
  description = <<-EOT
    The Lambda function.

    - `memory_mb`: 128 to 10240; its share of a CPU grows with it.
    - `timeout_seconds`: 5 to 900; the function keeps the last two seconds for its answer.
    - `architecture`: `arm64` or `x86_64`.
    - `runtime`: `nodejs22.x` or `nodejs24.x`; the latter needs version 6.20 of the AWS provider or newer.
    - `reserved_concurrency`: the most invocations at a time, reserved for this function; none are reserved when it is null.
    - `tracing`: whether invocations are traced with X-Ray.
    - `log_level`: `DEBUG`, `INFO`, `WARN` or `ERROR`.
  EOT
  type = object({
    memory_mb            = optional(number, 512)
    timeout_seconds      = optional(number, 60)
    architecture         = optional(string, "arm64")
    runtime              = optional(string, "nodejs22.x")
    reserved_concurrency = optional(number)
    tracing              = optional(bool, false)
    log_level            = optional(string, "INFO")
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.function.memory_mb >= 128 && var.function.memory_mb <= 10240 && floor(var.function.memory_mb) == var.function.memory_mb
    error_message = "function.memory_mb: must be a whole number between 128 and 10240."
  }

  validation {
    condition     = var.function.timeout_seconds >= 5 && var.function.timeout_seconds <= 900 && floor(var.function.timeout_seconds) == var.function.timeout_seconds
    error_message = "function.timeout_seconds: must be a whole number between 5 and 900; the function keeps the last two seconds for its answer."
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
    condition     = var.function.reserved_concurrency == null || try(var.function.reserved_concurrency >= 1 && floor(var.function.reserved_concurrency) == var.function.reserved_concurrency, false)
    error_message = "function.reserved_concurrency: must be a whole number, at least 1 (0 would stop the function; leave it out to reserve none)."
  }

  validation {
    condition     = contains(["DEBUG", "INFO", "WARN", "ERROR"], var.function.log_level)
    error_message = "function.log_level: must be DEBUG, INFO, WARN or ERROR."
  }
}

variable "kms_key_arn" {
  description = "ARN of a KMS key for the parameter and the bucket; null uses the keys that AWS holds for them."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn: must be the ARN of a key (arn:aws:kms:…:key/…); a policy cannot name an alias."
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

variable "network" {
  description = <<-EOT
    VPC that the function runs in, such as that of a domain in a VPC; null is outside of any.

    - `subnet_ids`: subnets with a route to OpenSearch and to AWS's own services.
    - `security_group_ids`: security groups that OpenSearch lets in.
  EOT
  type = object({
    subnet_ids         = set(string)
    security_group_ids = set(string)
  })
  default = null

  validation {
    condition     = var.network == null || try(length(var.network.subnet_ids) > 0 && length(var.network.security_group_ids) > 0, false)
    error_message = "network: needs one subnet and one security group or more; leave network out for a function outside of any VPC."
  }
}

variable "permissions_boundary_arn" {
  description = "ARN of the policy that bounds the permissions of the function's role; null bounds it by its own policy alone."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null || can(regex("^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/.+$", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn: must be the ARN of an IAM policy (arn:aws:iam::…:policy/…)."
  }
}

variable "refresh" {
  description = "When a change becomes visible to searches: `auto` (at once on quiet tables, cheap on busy ones), `true`, `wait_for` or `false`; never sent to a serverless collection."
  type        = string
  default     = "auto"
  nullable    = false

  validation {
    condition     = contains(["auto", "true", "wait_for", "false"], var.refresh)
    error_message = "refresh: must be auto, true, wait_for or false."
  }
}

variable "tables" {
  description = <<-EOT
    Tables to follow, keyed by their DynamoDB names; `{}` takes every default. Each needs a stream; its key attributes, stream and KMS key are looked up.

    - `index`: OpenSearch index or alias; by default the table's name in lower case.
    - `profile`: `exact`, or `bfansports` for indexes that the original dynamodb-to-elasticsearch wrote.
    - `where`: attribute → allowed values; an item that does not match all of them counts as absent.
    - `include`: the only top-level attributes that documents have, key attributes apart.
    - `exclude`: top-level attributes that documents do not have.
    - `settings`: of an index that the function creates, as JSON.
    - `mappings`: of an index that the function creates, as JSON.
    - `pipeline`: OpenSearch ingest pipeline that each document passes.
    - `enabled`: false holds the table's stream without forgetting its place, for up to 23 hours: older records go to the bucket instead of the index.
    - `batch_size`: the most records in an invocation, 1 to 10000.
    - `batching_window_seconds`: how long records are gathered, 0 to 300.
    - `parallelization_factor`: invocations at a time for each shard, 1 to 10.
    - `maximum_retry_attempts`: 0 to 10000; −1 is without end, so that a sick cluster holds the stream.
    - `maximum_record_age_seconds`: 60 to 604800; an older record goes to the bucket, whole. The default, 23 hours, is less than the day after which the stream forgets: −1 (without end), or a day and more, loses what it forgets.
    - `arn`: of a table that is made in the same run, and of no other, so that Terraform makes it first.
  EOT
  type = map(object({
    index                      = optional(string)
    profile                    = optional(string, "exact")
    where                      = optional(map(list(string)))
    include                    = optional(set(string))
    exclude                    = optional(set(string))
    settings                   = optional(string)
    mappings                   = optional(string)
    pipeline                   = optional(string)
    enabled                    = optional(bool, true)
    batch_size                 = optional(number, 500)
    batching_window_seconds    = optional(number, 0)
    parallelization_factor     = optional(number, 1)
    maximum_retry_attempts     = optional(number, -1)
    maximum_record_age_seconds = optional(number, 82800)
    arn                        = optional(string)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = length(var.tables) > 0 || var.tables_matching != null
    error_message = "tables: must name one table or more, unless tables_matching finds them."
  }

  validation {
    condition = alltrue([for name in keys(var.tables) : can(regex("^[A-Za-z0-9_.-]{3,255}$", name))])
    error_message = join("\n", [
      for name in keys(var.tables) : "tables: \"${name}\" is no name of a DynamoDB table (3 to 255 letters, digits, _, . and -); the key is the name, not the ARN."
      if !can(regex("^[A-Za-z0-9_.-]{3,255}$", name))
    ])
  }

  validation {
    condition = alltrue([
      for name, table in var.tables :
      table.arn == null || can(regex("^arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:[0-9]{12}:table/${replace(name, ".", "[.]")}$", table.arn))
    ])
    error_message = join("\n", [
      for name, table in var.tables :
      "tables.${name}.arn: \"${coalesce(table.arn, "-")}\" must be the ARN of that very table, as its resource has it: aws_dynamodb_table.….arn."
      if !(table.arn == null || can(regex("^arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:[0-9]{12}:table/${replace(name, ".", "[.]")}$", table.arn)))
    ])
  }

  validation {
    condition = alltrue(flatten([
      for name, table in var.tables : [
        for illegal in local.illegal_indexes : !can(regex(illegal.pattern, table.index == null ? lower(name) : table.index))
      ]
    ]))
    error_message = join("\n", flatten([
      for name, table in var.tables : [
        for illegal in local.illegal_indexes :
        "tables.${name}.index: \"${table.index == null ? lower(name) : table.index}\" ${illegal.problem}; give the table another index."
        if can(regex(illegal.pattern, table.index == null ? lower(name) : table.index))
      ]
    ]))
  }

  validation {
    # What IAM takes in a policy: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html
    condition = var.opensearch.service == "aoss" || var.opensearch.secret_arn != null || alltrue([
      for table in var.tables : !can(regex("[^\\x{00}-\\x{FF}]|[$][{]", table.index))
    ])
    error_message = join("\n", [
      for name, table in var.tables :
      "tables.${name}.index: \"${coalesce(table.index, "-")}\" must hold no letter beyond U+00FF and no $${ where requests to a domain are signed, since the role's policy names the index; give the table another index, or a password in opensearch.secret_arn."
      if can(regex("[^\\x{00}-\\x{FF}]|[$][{]", table.index))
    ])
  }

  validation {
    # 255 bytes are 340 letters in base64.
    condition = alltrue([for table in var.tables : table.index == null || length(base64encode(coalesce(table.index, "-"))) <= 340])
    error_message = join("\n", [
      for name, table in var.tables : "tables.${name}.index: must be at most 255 bytes long; give the table another index."
      if length(base64encode(coalesce(table.index, "-"))) > 340
    ])
  }

  validation {
    condition = length(distinct([for name, table in var.tables : table.index == null ? lower(name) : table.index])) == length(var.tables)
    error_message = join("\n", [
      for index, names in { for name, table in var.tables : (table.index == null ? lower(name) : table.index) => name... } :
      "tables: ${join(" and ", names)} share the index \"${index}\"; each table needs its own: give all but one another index."
      if length(names) > 1
    ])
  }

  validation {
    condition = alltrue([for table in var.tables : contains(["exact", "bfansports"], table.profile)])
    error_message = join("\n", [
      for name, table in var.tables : "tables.${name}.profile: \"${table.profile}\" must be one of exact, bfansports."
      if !contains(["exact", "bfansports"], table.profile)
    ])
  }

  validation {
    condition = alltrue(flatten([for table in var.tables : [for allowed in values(coalesce(table.where, {})) : length(allowed) > 0]]))
    error_message = join("\n", flatten([
      for name, table in var.tables : [
        for attribute, allowed in coalesce(table.where, {}) : "tables.${name}.where.${attribute}: must allow one value or more, such as [\"order\"]."
        if length(allowed) == 0
      ]
    ]))
  }

  validation {
    condition = alltrue([for table in var.tables : table.include == null || table.exclude == null])
    error_message = join("\n", [
      for name, table in var.tables : "tables.${name}: must have include or exclude, not both."
      if table.include != null && table.exclude != null
    ])
  }

  validation {
    condition = alltrue([for table in var.tables : table.settings == null || can(keys(jsondecode(table.settings)))])
    error_message = join("\n", [
      for name, table in var.tables : "tables.${name}.settings: must be a JSON object, such as jsonencode({ number_of_replicas = 1 })."
      if table.settings != null && !can(keys(jsondecode(table.settings)))
    ])
  }

  validation {
    condition = alltrue([for table in var.tables : table.mappings == null || can(keys(jsondecode(table.mappings)))])
    error_message = join("\n", [
      for name, table in var.tables : "tables.${name}.mappings: must be a JSON object, such as jsonencode({ properties = { sku = { type = \"keyword\" } } })."
      if table.mappings != null && !can(keys(jsondecode(table.mappings)))
    ])
  }

  validation {
    condition = alltrue([for table in var.tables : table.pipeline != ""])
    error_message = join("\n", [
      for name, table in var.tables : "tables.${name}.pipeline: must be a text that is not empty; leave it out for none."
      if table.pipeline == ""
    ])
  }

  validation {
    condition = alltrue(flatten([
      for table in var.tables : [
        for field, limit in local.mapping_limits :
        contains(limit.also, table[field]) || (table[field] >= limit.from && table[field] <= limit.to && floor(table[field]) == table[field])
      ]
    ]))
    error_message = join("\n", flatten([
      for name, table in var.tables : [
        for field, limit in local.mapping_limits : "tables.${name}.${field}: ${table[field]} must be ${limit.text}."
        if !contains(limit.also, table[field]) && (table[field] < limit.from || table[field] > limit.to || floor(table[field]) != table[field])
      ]
    ]))
  }
}

variable "tables_matching" {
  description = "Regular expression; every table of this account and region whose name it matches and that has a stream is followed too, an entry in `tables` going before; null follows none but those."
  type        = string
  default     = null

  validation {
    condition     = var.tables_matching == null || can(regexall(var.tables_matching, ""))
    error_message = "tables_matching: \"${coalesce(var.tables_matching, "-")}\" is no regular expression that Terraform understands (RE2), such as \"^prod_\"."
  }
}

variable "tags" {
  description = "Tags of every resource that can have some."
  type        = map(string)
  default     = {}
  nullable    = false
}
