# A domain in a VPC: the function runs in the domain's subnets, in a security group of its own that the
# domain's lets in. The subnets need a way to DynamoDB, S3 and Systems Manager as well: a NAT gateway, or
# VPC endpoints.

data "aws_opensearch_domain" "shop" {
  domain_name = "shop-private"
}

locals {
  network = one(data.aws_opensearch_domain.shop.vpc_options)
  tags    = { application = "shop" }
}

resource "aws_security_group" "search_sync" {
  name        = "shop-private-search-sync"
  description = "The function that keeps OpenSearch equal to DynamoDB"
  vpc_id      = local.network.vpc_id
  tags        = local.tags
}

resource "aws_vpc_security_group_egress_rule" "https" {
  description       = "To OpenSearch and to AWS"
  security_group_id = aws_security_group.search_sync.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
  tags              = local.tags
}

resource "aws_vpc_security_group_ingress_rule" "from_the_function" {
  for_each = local.network.security_group_ids

  description                  = "From the function that keeps it equal to DynamoDB"
  security_group_id            = each.value
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = aws_security_group.search_sync.id
  tags                         = local.tags
}

module "search_sync" {
  source = "../../modules/sync"

  name       = "shop-private"
  opensearch = { domain_name = data.aws_opensearch_domain.shop.domain_name }
  tags       = local.tags

  network = {
    subnet_ids         = local.network.subnet_ids
    security_group_ids = [aws_security_group.search_sync.id]
  }

  tables = {
    Orders = {}
  }
}
