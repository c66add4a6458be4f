using System.Net;
using System.Text;
using System.Text.Json;

namespace MiStore.PaymentSandbox.Tests;

public sealed class When_a_request_is_wrong(Sandbox sandbox) : IClassFixture<Sandbox>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("currency=eur", "parameter_missing", "amount")]
    [InlineData("amount=100", "parameter_missing", "currency")]
    [InlineData("amount=1.5&currency=eur", "parameter_invalid_integer", "amount")]
    [InlineData("amount=0&currency=eur", "parameter_invalid_integer", "amount")]
    [InlineData("amount=-5&currency=eur", "parameter_invalid_integer", "amount")]
    [InlineData("amount=100000000&currency=eur", "parameter_invalid_integer", "amount")]
    [InlineData("amount=99999999999999999999&currency=eur", "parameter_invalid_integer", "amount")]
    [InlineData("amount=100&currency=euro", null, "currency")]
    [InlineData("amount=100&currency=eur&confirm=yes", null, "confirm")]
    [InlineData("amount=100&currency=eur&confirm=true", "payment_intent_unexpected_state", "payment_method")]
    [InlineData("amount=100&currency=eur&colour=red", "parameter_unknown", "colour")]
    [InlineData("amount=100&amount=200&currency=eur", null, "amount")]
    [InlineData("amount=100&currency=eur&metadata[]=x", null, "metadata[]")]
    [InlineData("amount=100&currency=eur&metadata[a][b]=x", null, "metadata[a][b]")]
    [InlineData("amount=100&currency=eur&capture_method=manual", null, "capture_method")]
    public async Task The_refusal_names_the_parameter(string form, string? code, string param)
    {
        var response = await sandbox.Http.PostAsync("/v1/payment_intents", Form(form), Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = await Error(response);
        error.GetProperty("type").GetString().ShouldBe("invalid_request_error");
        error.GetProperty("param").GetString().ShouldBe(param);
        (error.TryGetProperty("code", out var given) ? given.GetString() : null).ShouldBe(code);
    }

    [Theory]
    [InlineData("GET", "/v1/payment_intents/pi_1", 404)]
    [InlineData("GET", "/v1/refunds/re_1", 404)]
    [InlineData("POST", "/v1/payment_intents/pi_1/cancel", 404)]
    [InlineData("GET", "/v1/customers", 404)]
    [InlineData("DELETE", "/v1/payment_intents/pi_1", 404)]
    [InlineData("GET", "/v1/payment_intents?limit=101", 400)]
    [InlineData("GET", "/v1/payment_intents?created[gte]=x", 400)]
    [InlineData("GET", "/v1/payment_intents?starting_after=%00", 400)]
    [InlineData("GET", "/v1/payment_intents/search?query=amount:1", 400)]
    [InlineData("GET", "/v1/book?limit=0", 400)]
    public async Task Every_refusal_has_stripe_s_shape(string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        var response = await sandbox.Http.SendAsync(request, Cancellation);

        ((int)response.StatusCode).ShouldBe(status);
        (await Error(response)).GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task More_than_64_kib_is_too_much()
    {
        var response = await sandbox.Http.PostAsync("/v1/payment_intents", Form("description=" + new string('x', 65 * 1024)), Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await Error(response)).GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("amount=100&currency=eur&description=a%00b")]
    [InlineData("amount=100&currency=eur&metadata[%00]=b")]
    [InlineData("amount=100&currency=eur&payment_method=%ff%fe")]
    [InlineData("&&&===")]
    public async Task Bytes_that_are_no_text_are_refused(string form)
    {
        var response = await sandbox.Http.PostAsync("/v1/payment_intents", Form(form), Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Error(response)).GetProperty("type").GetString().ShouldBe("invalid_request_error");
    }

    [Fact]
    public async Task Something_else_than_a_form_is_refused()
    {
        var response = await sandbox.Http.PostAsync(
            "/v1/payment_intents", new StringContent("{}", Encoding.UTF8, "application/json"), Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer")]
    [InlineData("Bearer sk_live_1")]
    [InlineData("Basic c2tfdGVzdF8x")]
    public async Task Without_a_test_key_nobody_comes_in(string? authorization)
    {
        using var http = new HttpClient { BaseAddress = sandbox.Http.BaseAddress };
        if (authorization is not null)
            http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);

        foreach (var path in (string[])["/v1/payment_intents", "/v1/book", "/v1/nothing"])
        {
            var response = await http.GetAsync(path, Cancellation);
            response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            (await Error(response)).GetProperty("type").GetString().ShouldBe("invalid_request_error");
        }
    }

    static StringContent Form(string form) => new(form, Encoding.UTF8, "application/x-www-form-urlencoded");

    static async Task<JsonElement> Error(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation)).RootElement.GetProperty("error");
}
