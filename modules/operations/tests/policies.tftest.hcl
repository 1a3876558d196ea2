# What the roles may do, statement by statement. What they need is judged on the real provider, in test/modules/operations.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  sync = {
    name              = "shop-prod"
    bucket_name       = "shop-prod-123456789012-eu-west-1"
    opensearch        = { arn = "arn:aws:es:eu-west-1:123456789012:domain/shop", service = "es" }
    parameter_arn     = "arn:aws:ssm:eu-west-1:123456789012:parameter/shop-prod-configuration"
    parameter_name    = "shop-prod-configuration"
    parameter_version = 7
    tables = {
      Orders = { arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/Orders", index = "orders" }
      Users  = { arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/Users", index = "people" }
    }
  }
}

run "each_service_takes_its_own_role" {
  command = plan

  assert {
    condition = [
      for document in [data.aws_iam_policy_document.function_trust, data.aws_iam_policy_document.state_machine_trust, data.aws_iam_policy_document.schedule_trust] :
      one(one(document.statement[*].principals[*].identifiers)[0])
    ] == ["lambda.amazonaws.com", "states.amazonaws.com", "scheduler.amazonaws.com"]
    error_message = "A role is one service's alone."
  }
}

run "the_indexes_of_the_tables_and_no_others" {
  command = plan

  assert {
    condition = toset(flatten([
      for document in data.aws_iam_policy_document.tables : [
        for statement in document.statement : [for resource in statement.resources : resource if startswith(resource, "arn:aws:es:")]
      ]
      ])) == toset(flatten([
      for index in ["orders", "people"] : [
        for path in ["${index}", "${index}/_bulk", "${index}/_mapping", "${index}/_mget", "${index}/_refresh", "${index}/_search*", "_index_template/${index}"] :
        "arn:aws:es:eu-west-1:123456789012:domain/shop/${path}"
      ]
    ]))
    error_message = "Requests name the indexes of the tables: ${jsonencode(data.aws_iam_policy_document.tables)}"
  }
}

run "with_a_key_a_secret_and_an_overflowing_configuration" {
  command = plan

  variables {
    sync = merge(var.sync, {
      kms_key_arn       = "arn:aws:kms:eu-west-1:123456789012:key/own"
      configuration_key = "config/configuration.json"
      opensearch        = { service = "es", secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:opensearch-abcdef" }
      tables            = { Orders = { arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/Orders", index = "orders", kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/table" } }
    })
  }

  assert {
    condition = jsonencode({
      for statement in concat(data.aws_iam_policy_document.function.statement, flatten(values(data.aws_iam_policy_document.tables)[*].statement), data.aws_iam_policy_document.state_machine.statement) :
      statement.sid => [statement.actions, statement.resources, flatten([for condition in statement.condition : condition.values])]
      if can(regex("^(Decrypt|Encrypt)|Password|PointsTo", statement.sid))
      }) == jsonencode({
      DecryptConfigurationAndObjects = [["kms:Decrypt"], ["arn:aws:kms:eu-west-1:123456789012:key/own"], [for service in ["ssm", "s3", "secretsmanager"] : "${service}.eu-west-1.amazonaws.com"]]
      DecryptItems                   = [["kms:Decrypt"], ["arn:aws:kms:eu-west-1:123456789012:key/table"], ["dynamodb.eu-west-1.amazonaws.com"]]
      DecryptManifestsAndEncryptResults = [
        ["kms:Decrypt", "kms:GenerateDataKey"], ["arn:aws:kms:eu-west-1:123456789012:key/own"], ["s3.eu-west-1.amazonaws.com"]
      ]
      EncryptWhatIsStored                          = [["kms:GenerateDataKey"], ["arn:aws:kms:eu-west-1:123456789012:key/own"], ["s3.eu-west-1.amazonaws.com"]]
      ReadTheConfigurationThatItsParameterPointsTo = [["s3:GetObjectVersion"], ["arn:aws:s3:::shop-prod-123456789012-eu-west-1/config/configuration.json"], []]
      ReadThePasswordOfOpenSearch                  = [["secretsmanager:GetSecretValue"], ["arn:aws:secretsmanager:eu-west-1:123456789012:secret:opensearch-abcdef"], []]
    })
    error_message = "Each key is used through the services that need it, and the secret is read."
  }

  assert {
    condition     = !strcontains(jsonencode([data.aws_iam_policy_document.function, data.aws_iam_policy_document.tables]), "es:ESHttp")
    error_message = "With a user and a password, IAM has no part in reaching OpenSearch."
  }
}

run "with_a_collection" {
  command = plan

  variables {
    sync = merge(var.sync, {
      name = "shop-with-a-longer-name-prod"
      opensearch = {
        arn                  = "arn:aws:aoss:eu-west-1:123456789012:collection/abcdefghijklmnopqrst"
        service              = "aoss"
        collection_name      = "shop"
        manage_access_policy = true
      }
    })
  }

  assert {
    condition = jsonencode([for statement in data.aws_iam_policy_document.function.statement : [statement.actions, statement.resources] if statement.sid == "ReachTheCollection"]) == jsonencode([
      [["aoss:APIAccessAll"], ["arn:aws:aoss:eu-west-1:123456789012:collection/abcdefghijklmnopqrst"]]
    ])
    error_message = "The function reaches this collection."
  }

  assert {
    condition     = !strcontains(jsonencode([data.aws_iam_policy_document.function, data.aws_iam_policy_document.tables]), "es:ESHttp")
    error_message = "A collection is no domain."
  }

  assert {
    condition     = jsondecode(output.aoss_access_policy)[0].Rules[1] == { ResourceType = "index", Resource = ["index/shop/orders", "index/shop/people"], Permission = ["aoss:CreateIndex", "aoss:DescribeIndex", "aoss:ReadDocument", "aoss:UpdateIndex", "aoss:WriteDocument"] }
    error_message = "The data access policy lets the role read and write these indexes: ${output.aoss_access_policy}"
  }

  assert {
    condition     = length(aws_opensearchserverless_access_policy.this[0].name) <= 32 && jsondecode(aws_opensearchserverless_access_policy.this[0].policy) == jsondecode(output.aoss_access_policy)
    error_message = "The policy that is managed is the one that is put out, under a name that is taken."
  }
}

run "with_a_network" {
  command = plan

  variables {
    sync = merge(var.sync, { network = { subnet_ids = ["subnet-1"], security_group_ids = ["sg-1"] } })
  }

  assert {
    condition     = aws_lambda_function.this.vpc_config[0].subnet_ids == toset(["subnet-1"]) && aws_lambda_function.this.vpc_config[0].security_group_ids == toset(["sg-1"])
    error_message = "The function runs where that of sync does."
  }

  assert {
    condition = jsonencode([
      for statement in data.aws_iam_policy_document.function.statement : [statement.sid, statement.effect, flatten([for condition in statement.condition : condition.values])]
      if startswith(tolist(statement.actions)[0], "ec2:")
      ]) == jsonencode([
      ["LetLambdaConnectToTheNetwork", null, []],
      ["TheCodeItselfTouchesNoNetworkInterface", "Deny", ["arn:aws:lambda:eu-west-1:123456789012:function:shop-prod-operations"]],
    ])
    error_message = "Lambda connects to the network, and the code does not."
  }
}

run "with_a_boundary" {
  command = plan

  variables {
    permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary"
  }

  assert {
    condition     = alltrue([for role in [aws_iam_role.function, aws_iam_role.state_machine, aws_iam_role.schedule[0]] : role.permissions_boundary == var.permissions_boundary_arn])
    error_message = "Every role has the boundary."
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

  assert {
    condition     = !strcontains(aws_sfn_state_machine.this.definition, "arn:aws:")
    error_message = "Every ARN of the definition is of the partition."
  }

  assert {
    condition     = !strcontains(jsonencode(data.aws_iam_policy_document.state_machine.statement), "arn:aws:")
    error_message = "Every ARN of the state machine's role is of the partition."
  }
}
