# `opensearch`, `tables` and `network` are the module's own inputs; modules/sync/README.md says what each field means.

variable "name" {
  description = "What is searched, such as `shop`; with the environment behind it (`shop-prod`) it begins the name of every resource."
  type        = string
  nullable    = false
}

variable "opensearch" {
  description = "Where to index: `domain_name`, `endpoint` or `config_object`, and what goes with it."
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
}

variable "tables" {
  description = "Tables to follow, keyed by their DynamoDB names; `{}` takes every default."
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
  nullable = false
}

variable "alarm_actions" {
  description = "ARNs that are told when an alarm goes off and when it is over, such as that of an SNS topic."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "network" {
  description = "Subnets and security groups for a domain in a VPC; null is outside of any."
  type = object({
    subnet_ids         = set(string)
    security_group_ids = set(string)
  })
  default = null
}
