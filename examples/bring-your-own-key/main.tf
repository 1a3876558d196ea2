# A KMS key of one's own for the parameter, the bucket and the log group. The key's policy has to let IAM
# policies of the account decide, which it does unless somebody changed it, and CloudWatch Logs use it. A
# table's own key is looked up.

data "aws_kms_key" "search" {
  key_id = "alias/search"
}

module "search_sync" {
  source = "../../modules/sync"

  name        = "shop-prod"
  opensearch  = { domain_name = "shop" }
  kms_key_arn = data.aws_kms_key.search.arn
  logs        = { kms_key_arn = data.aws_kms_key.search.arn }

  tables = {
    Orders = {}
  }
}
