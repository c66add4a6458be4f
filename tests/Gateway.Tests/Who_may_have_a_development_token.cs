using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;

namespace MiStore.Gateway.Tests;

public sealed class Who_may_have_a_development_token(Door door) : IClassFixture<Door>
{
    static readonly CancellationToken Now = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("store-operator")]
    [InlineData("nobody")]
    public async Task A_developer_may_be_anybody_for_eight_hours(string role)
    {
        var answer = await door.Client.PostAsJsonAsync("/api/dev/token", new { role, subject = "ada" }, Now);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var body = (await answer.Content.ReadFromJsonAsync<JsonObject>(Now))!;
        var token = new JsonWebToken((string)body["accessToken"]!);
        token.Subject.ShouldBe("ada");
        token.GetClaim("role").Value.ShouldBe(role);
        (token.ValidTo - token.ValidFrom).ShouldBe(TimeSpan.FromHours(8));
        ((DateTime)body["expiresAt"]!).ToUniversalTime().ShouldBe(token.ValidTo, TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("""{"role":"","subject":"ada"}""")]
    [InlineData("""{"role":"two words","subject":"ada"}""")]
    [InlineData("""{"role":"store-operator","subject":" "}""")]
    [InlineData("""{"role":"store-operator","subject":null}""")]
    [InlineData("""{"role":"store-operator"}""")]
    [InlineData("""{"role":"store-operator","subject":"ada","more":1}""")]
    [InlineData("""{"role":""")]
    [InlineData("null")]
    public async Task A_request_that_makes_no_sense_is_refused(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        await (await door.Client.PostAsync("/api/dev/token", content, Now)).ShouldBeProblem(400, "malformed-request");
    }

    [Fact]
    public async Task Too_long_a_subject_is_refused() =>
        await (await door.Client.PostAsJsonAsync("/api/dev/token", new { role = "store-operator", subject = new string('a', 101) }, Now))
            .ShouldBeProblem(400, "malformed-request");

    [Fact]
    public async Task In_production_there_is_no_such_call()
    {
        await using var production = await Door
            .Before(door.Broker, door.Catalog.Address, door.Pricing.Address, door.Cart.Address, door.Checkout.Address)
            .With("environment", "Production")
            .Start();

        await (await production.Client.PostAsJsonAsync("/api/dev/token", new { role = "store-operator", subject = "ada" }, Now))
            .ShouldBeProblem(404, "not-found");
        (await production.Client.GetStringAsync("/openapi/v1.json", Now)).ShouldNotContain("/api/dev/token");
        (await door.Client.GetStringAsync("/openapi/v1.json", Now)).ShouldContain("/api/dev/token");
    }
}
