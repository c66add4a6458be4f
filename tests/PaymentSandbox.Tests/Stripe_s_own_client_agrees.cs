using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MiStore.Checkout.Payments;

namespace MiStore.PaymentSandbox.Tests;

/// <summary>The client that Stripe publishes for Node, pointed at the sandbox: what it cannot read, Stripe would not say.</summary>
public sealed class Stripe_s_own_client_agrees
{
    static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "stripe-client");

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_the_first_charge_to_the_last_refund()
    {
        await RequireNode();
        await using var database = await TestDatabase.Create(typeof(SandboxOptions).Assembly);
        await using var merchant = await Merchant.Start();
        // On the real clock: the client checks the age of a signature by its own.
        await using var sandbox = await new ServiceUnderTest<SandboxOptions>()
            .Using(database, "sandboxdb").With("Webhooks:Endpoint", merchant.Url).Start();
        var address = sandbox.Client.BaseAddress!;

        using var checkout = Sandbox.CheckoutClient(address, timeoutSeconds: 5);
        await checkout.GetRequiredService<IPaymentProvider>().Charge(Sandbox.ACharge("tok_ok"), Cancellation);
        await Eventually.True(() => merchant.Heard.Count == 1);
        var webhook = merchant.Heard[0];

        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "stripe")))
            await Run("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], null);
        var said = await Run("node", ["agrees.mjs"], JsonSerializer.Serialize(new
        {
            host = address.Host, port = address.Port, secret = TestKeys.Webhooks,
            webhook = new { body = Encoding.UTF8.GetString(webhook.Body), signature = webhook.Signature },
        }));

        said.ShouldContain("agreed");
    }

    static async Task RequireNode()
    {
        foreach (var program in (string[])["node", "npm"])
        {
            try
            {
                await Run(program, ["--version"], null);
            }
            catch (System.ComponentModel.Win32Exception)
            {
                var reason = $"{program} is not installed: Stripe's own client cannot be tried. On Debian: apt-get install nodejs npm.";
                if (Environment.GetEnvironmentVariable("CI") == "true")
                    Assert.Fail(reason);
                Assert.Skip(reason);
            }
        }
    }

    static async Task<string> Run(string program, string[] arguments, string? input)
    {
        Directory.CreateDirectory(Folder);
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(Cancellation);
        var errors = process.StandardError.ReadToEndAsync(Cancellation);
        await process.StandardInput.WriteAsync(input ?? "");
        process.StandardInput.Close();
        await process.WaitForExitAsync(Cancellation);
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}\n{await output}\n{await errors}");
        return await output;
    }
}
