# What the function may do, statement by statement. A mocked table has no key of its own: that statement is judged on the real
# provider, in test/modules/sync.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

override_data {
  target          = data.aws_dynamodb_table.named["Orders"]
  override_during = plan
  values = {
    arn            = "arn:aws:dynamodb:eu-west-1:123456789012:table/Orders"
    stream_arn     = "arn:aws:dynamodb:eu-west-1:123456789012:table/Orders/stream/2026-01-01T00:00:00.000"
    stream_enabled = true
    hash_key       = "id"
    attribute      = [{ name = "id", type = "S" }]
  }
}

variables {
  name       = "shop-prod"
  opensearch = { domain_name = "shop" }
  tables     = { Orders = {} }
}

run "nobody_but_lambda_takes_the_role" {
  command = plan

  assert {
    condition = jsonencode([
      for statement in data.aws_iam_policy_document.trust.statement : [statement.actions, [for principal in statement.principals : [principal.type, principal.identifiers]]]
    ]) == jsonencode([[["sts:AssumeRole"], [["Service", ["lambda.amazonaws.com"]]]]])
    error_message = "The role is Lambda's alone."
  }
}

run "nobody_reads_the_bucket_without_tls" {
  command = plan

  assert {
    condition = jsonencode([
      for statement in data.aws_iam_policy_document.dead_letter.statement : [
        statement.effect, statement.actions, statement.resources, [for principal in statement.principals : [principal.type, principal.identifiers]],
        [for condition in statement.condition : [condition.test, condition.variable, condition.values]]
      ]
      ]) == jsonencode([[
        "Deny", ["s3:*"], ["arn:aws:s3:::shop-prod-123456789012-eu-west-1", "arn:aws:s3:::shop-prod-123456789012-eu-west-1/*"],
        [["*", ["*"]]], [["Bool", "aws:SecureTransport", ["false"]]]
    ]])
    error_message = "The bucket is reached over TLS only."
  }
}

run "the_least_that_every_function_may" {
  command = plan

  assert {
    condition = jsonencode({ for statement in data.aws_iam_policy_document.function.statement : statement.sid => [statement.actions, statement.resources] }) == jsonencode({
      WriteItsLog                      = [["logs:CreateLogStream", "logs:PutLogEvents"], ["arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/shop-prod-sync:*"]]
      ReadItsConfiguration             = [["ssm:GetParameter"], ["arn:aws:ssm:eu-west-1:123456789012:parameter/shop-prod-configuration"]]
      RereadItems                      = [["dynamodb:BatchGetItem"], ["arn:aws:dynamodb:eu-west-1:123456789012:table/Orders"]]
      StoreRejectedRecords             = [["s3:PutObject"], ["arn:aws:s3:::shop-prod-123456789012-eu-west-1/rejected/*"]]
      LetLambdaStoreWhatItGivesUp      = [["s3:PutObject"], ["arn:aws:s3:::shop-prod-123456789012-eu-west-1/aws/lambda/*"]]
      LetLambdaSeeThatTheBucketIsThere = [["s3:ListBucket"], ["arn:aws:s3:::shop-prod-123456789012-eu-west-1"]]
      LetLambdaFindTheStreams          = [["dynamodb:ListStreams"], ["*"]]
    })
    error_message = "The function may ${jsonencode([for statement in data.aws_iam_policy_document.function.statement : statement.sid])}"
  }

  assert {
    condition     = alltrue(flatten([for statement in data.aws_iam_policy_document.function.statement : [statement.effect == null, length(statement.condition) == 0]]))
    error_message = "All of these are granted, under no condition."
  }
}

run "its_tables_and_their_indexes" {
  command = plan

  assert {
    condition = [for document in data.aws_iam_policy_document.tables : jsonencode({ for statement in document.statement : statement.sid => [statement.actions, statement.resources] })] == [jsonencode({
      LetLambdaReadTheStreams = [["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"], ["arn:aws:dynamodb:eu-west-1:123456789012:table/Orders/stream/2026-01-01T00:00:00.000"]]
      LookForAndCreateIndexes = [["es:ESHttpHead", "es:ESHttpPut"], ["arn:aws:es:eu-west-1:123456789012:domain/shop/orders"]]
      PutIndexTemplates       = [["es:ESHttpPut"], ["arn:aws:es:eu-west-1:123456789012:domain/shop/_index_template/orders"]]
      WriteDocuments          = [["es:ESHttpPost"], ["arn:aws:es:eu-west-1:123456789012:domain/shop/orders/_bulk"]]
    })]
    error_message = "The function may ${jsonencode(data.aws_iam_policy_document.tables)}"
  }
}

run "with_a_key" {
  command = plan

  variables {
    kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/own"
  }

  assert {
    condition = jsonencode({
      for statement in data.aws_iam_policy_document.function.statement :
      statement.sid => [statement.actions, statement.resources, [for condition in statement.condition : [condition.test, condition.variable, condition.values]]]
      if length(statement.condition) > 0
      }) == jsonencode({
      DecryptItsConfigurationAndSecret = [["kms:Decrypt"], ["arn:aws:kms:eu-west-1:123456789012:key/own"], [["StringEquals", "kms:ViaService", ["ssm.eu-west-1.amazonaws.com"]]]]
      EncryptWhatIsStored              = [["kms:GenerateDataKey"], ["arn:aws:kms:eu-west-1:123456789012:key/own"], [["StringEquals", "kms:ViaService", ["s3.eu-west-1.amazonaws.com"]]]]
    })
    error_message = "The key is used through SSM and S3 only."
  }
}

run "with_a_key_a_secret_and_an_overflowing_configuration" {
  command = plan

  variables {
    kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/own"
    opensearch  = { domain_name = "shop", secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:opensearch-abcdef" }
    tables      = { Orders = { mappings = jsonencode({ _meta = { text = format("%09000d", 0) } }) } }
  }

  assert {
    condition = jsonencode([
      for statement in data.aws_iam_policy_document.function.statement : [for condition in statement.condition : condition.values]
      if statement.sid == "DecryptItsConfigurationAndSecret"
    ]) == jsonencode([[["ssm.eu-west-1.amazonaws.com", "s3.eu-west-1.amazonaws.com", "secretsmanager.eu-west-1.amazonaws.com"]]])
    error_message = "The key opens the parameter, the object that it points to and the secret."
  }

  assert {
    condition = jsonencode([
      for statement in data.aws_iam_policy_document.function.statement : [statement.actions, statement.resources]
      if contains(["ReadThePasswordOfOpenSearch", "ReadTheConfigurationThatItsParameterPointsTo"], statement.sid)
      ]) == jsonencode([
      [["s3:GetObjectVersion"], ["arn:aws:s3:::shop-prod-123456789012-eu-west-1/config/configuration.json"]],
      [["secretsmanager:GetSecretValue"], ["arn:aws:secretsmanager:eu-west-1:123456789012:secret:opensearch-abcdef"]],
    ])
    error_message = "The function reads the object and the secret."
  }

  assert {
    condition     = !strcontains(jsonencode(data.aws_iam_policy_document.tables), "es:")
    error_message = "With a user and a password, IAM has no part in reaching OpenSearch."
  }
}

run "with_a_collection" {
  command = plan

  variables {
    opensearch = { endpoint = "https://abcdefghijklmnopqrst.eu-west-1.aoss.amazonaws.com", service = "aoss", collection_name = "shop" }
  }

  assert {
    condition = jsonencode([for statement in data.aws_iam_policy_document.function.statement : [statement.actions, statement.resources] if statement.sid == "ReachTheCollection"]) == jsonencode([
      [["aoss:APIAccessAll"], ["arn:aws:aoss:eu-west-1:123456789012:collection/abcdefghijklmnopqrst"]]
    ])
    error_message = "The function reaches this collection."
  }

  assert {
    condition     = !strcontains(jsonencode(data.aws_iam_policy_document.tables), "es:ESHttp")
    error_message = "A collection is no domain."
  }
}

run "with_tracing_and_a_network" {
  command = plan

  variables {
    function = { tracing = true }
    network  = { subnet_ids = ["subnet-1"], security_group_ids = ["sg-1"] }
  }

  assert {
    condition = jsonencode({
      for statement in data.aws_iam_policy_document.function.statement :
      statement.sid => [statement.effect, statement.actions, statement.resources, [for condition in statement.condition : [condition.test, condition.variable, condition.values]]]
      if can(regex("^(ec2|xray):", tolist(statement.actions)[0]))
      }) == jsonencode({
      SendTraces = [null, ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], ["*"], []]
      LetLambdaConnectToTheNetwork = [
        null,
        ["ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:UnassignPrivateIpAddresses"],
        ["*"], []
      ]
      TheCodeItselfTouchesNoNetworkInterface = [
        "Deny",
        ["ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:UnassignPrivateIpAddresses"],
        ["*"], [["ArnEquals", "lambda:SourceFunctionArn", ["arn:aws:lambda:eu-west-1:123456789012:function:shop-prod-sync"]]]
      ]
    })
    error_message = "X-Ray only with tracing, network interfaces only with a network."
  }

  assert {
    condition     = aws_lambda_function.this.tracing_config[0].mode == "Active" && aws_lambda_function.this.vpc_config[0].subnet_ids == toset(["subnet-1"])
    error_message = "The function is traced, and runs in the network."
  }
}

run "with_a_boundary" {
  command = plan

  variables {
    permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary"
  }

  assert {
    condition     = aws_iam_role.function.permissions_boundary == var.permissions_boundary_arn
    error_message = "The role has the boundary."
  }
}

run "in_china" {
  command = plan

  override_data {
    target          = data.aws_partition.current
    override_during = plan
    values          = { partition = "aws-cn", dns_suffix = "amazonaws.com.cn" }
  }

  override_data {
    target          = data.aws_region.current
    override_during = plan
    values          = { id = "cn-north-1" }
  }

  variables {
    kms_key_arn = "arn:aws-cn:kms:cn-north-1:123456789012:key/own"
    network     = { subnet_ids = ["subnet-1"], security_group_ids = ["sg-1"] }
    opensearch  = { endpoint = "https://search-shop-abcdefghijklmnopqrstuvwxyz.cn-north-1.es.amazonaws.com.cn" }
  }

  assert {
    condition     = local.opensearch_arn == "arn:aws-cn:es:cn-north-1:123456789012:domain/shop"
    error_message = "The domain is China's: ${local.opensearch_arn}"
  }

  assert {
    condition     = !strcontains(jsonencode([for statement in data.aws_iam_policy_document.function.statement : statement if statement.sid != "RereadItems"]), "arn:aws:")
    error_message = "Every ARN is of the partition; that of the mocked table is what DynamoDB says."
  }

  assert {
    condition     = strcontains(jsonencode(data.aws_iam_policy_document.function.statement), "s3.cn-north-1.amazonaws.com.cn")
    error_message = "KMS knows China's services by their own names."
  }
}

run "in_govcloud" {
  command = plan

  override_data {
    target          = data.aws_partition.current
    override_during = plan
    values          = { partition = "aws-us-gov", dns_suffix = "amazonaws.com" }
  }

  override_data {
    target          = data.aws_region.current
    override_during = plan
    values          = { id = "us-gov-west-1" }
  }

  variables {
    opensearch = { endpoint = "https://search-shop-abcdefghijklmnopqrstuvwxyz.us-gov-west-1.es.amazonaws.com" }
  }

  assert {
    condition     = local.opensearch_arn == "arn:aws-us-gov:es:us-gov-west-1:123456789012:domain/shop"
    error_message = "The domain is GovCloud's: ${local.opensearch_arn}"
  }

  assert {
    condition     = !strcontains(jsonencode([for statement in data.aws_iam_policy_document.function.statement : statement if statement.sid != "RereadItems"]), "arn:aws:")
    error_message = "Every ARN is of the partition; that of the mocked table is what DynamoDB says."
  }
}
