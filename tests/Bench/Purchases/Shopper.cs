using System.Diagnostics;

namespace MiStore.Bench.Purchases;

/// <summary>The five requests of a purchase.</summary>
enum Step
{
    Cart,
    Line,
    Quote,
    Order,

    /// <summary>Held until the payment behind it is decided.</summary>
    Paid,
}

/// <summary>One answer.</summary>
/// <param name="At">Seconds since the measurement began, when it was there.</param>
readonly record struct Heard(Step Step, double At, double Milliseconds, int Status);

/// <summary>One evening that is over.</summary>
/// <param name="End">paid, or the store's word for why not.</param>
readonly record struct Evening(double At, string End);

/// <summary>What a crowd heard; each shopper writes into its own.</summary>
sealed class Diary(long began)
{
    public List<Heard> Answers { get; } = [];

    public List<Evening> Evenings { get; } = [];

    public double Now => Stopwatch.GetElapsedTime(began).TotalSeconds;
}

/// <summary>Somebody who wants one unit: cart, line, quote, order, and the answer that it is paid.</summary>
sealed class Shopper(Wire wire, Diary diary, string run)
{
    const string Address = """{"country":"US","region":"OR","postalCode":"97201"}""";

    public async Task Buy(string sku, int number)
    {
        string end;
        try
        {
            end = await Try(sku, number);
        }
        catch (Exception fault)
        {
            end = fault.Message;
        }

        diary.Evenings.Add(new Evening(diary.Now, end));
    }

    async Task<string> Try(string sku, int number)
    {
        var cart = await Ask(Step.Cart, "POST", "/api/carts", "", $$"""{"market":"{{Store.Market}}"}""");
        if (cart.Text("id") is not { } cartId)
            return Reason(cart);

        var line = await Ask(Step.Line, "PUT", $"/api/carts/{cartId}/lines/{sku}", "", """{"quantity":1}""");
        if (line.Status != 200)
            return Reason(line);

        var quote = await Ask(Step.Quote, "POST", "/api/quotes", "",
            $$"""{"market":"{{Store.Market}}","lines":[{"sku":"{{sku}}","quantity":1}],"destination":{{Address}},"shippingMethod":"standard"}""");
        if (quote.Text("quote") is not { } terms)
            return Reason(quote);

        var name = $"Buyer {number}";
        var order = await Ask(Step.Order, "POST", "/api/orders", $"Idempotency-Key: {run}-{number}\r\n",
            $$$"""
            {"quote":"{{{terms}}}","cartId":"{{{cartId}}}","customer":{"email":"{{{run}}}-{{{number}}}@example.org","name":"{{{name}}}"},
            "shippingAddress":{"name":"{{{name}}}","line1":"{{{number}}} Main Street","city":"Portland","region":"OR","postalCode":"97201","country":"US"},
            "payment":{"method":"card","token":"tok_ok"}}
            """);
        if (order.Text("id") is not { } orderId)
            return Reason(order);

        var token = $"Authorization: Bearer {order.Text("accessToken")}\r\nPrefer: wait=10\r\n";
        while (true)
        {
            var paid = await Ask(Step.Paid, "GET", $"/api/orders/{orderId}", token, "");
            if (paid.Text("status") is not { } status)
                return Reason(paid);
            if (status is not ("reserved" or "paying"))
                return status;
        }
    }

    async Task<Answer> Ask(Step step, string method, string target, string headers, string body)
    {
        while (true)
        {
            var asked = Stopwatch.GetTimestamp();
            var answer = await wire.Ask(method, target, headers, body);
            diary.Answers.Add(new Heard(step, diary.Now, Stopwatch.GetElapsedTime(asked).TotalMilliseconds, answer.Status));
            // Who has begun does as told; who is turned away at the door goes home.
            if (step == Step.Cart || answer.RetryAfter is not { } pause)
                return answer;
            await Task.Delay(TimeSpan.FromSeconds(pause));
        }
    }

    static string Reason(Answer refusal) => refusal.Text("code") ?? $"{refusal.Status}";
}
