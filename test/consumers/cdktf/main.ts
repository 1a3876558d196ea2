import { App, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { SearchSync } from './.gen/modules/search-sync';

class Search extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    // What `new AwsProvider(…)` would write, without a package that has a class for every resource of AWS.
    this.addOverride('provider.aws', [{ region: 'eu-west-1' }]);
    const searchSync = new SearchSync(this, 'search_sync', {
      name: 'shop-prod',
      opensearch: { domain_name: 'shop' },
      tables: {
        Orders: {},
        Users: { index: 'people', exclude: ['password_hash'] },
      },
    });
    new TerraformOutput(this, 'function_arn', { value: searchSync.functionArnOutput });
  }
}

const app = new App();
new Search(app, 'search');
app.synth();
