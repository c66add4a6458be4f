namespace MiStore.PaymentSandbox.Cards;

/// <summary>How a card behaves when it is charged: the name that stands for it is all that a client chooses.</summary>
public sealed record TestCard
{
    /// <summary>Why the bank says no; null when it says yes.</summary>
    public string? DeclineCode { get; private init; }

    /// <summary>How long the request itself runs. Until then nobody knows more, and its key is in use.</summary>
    public TimeSpan Runs { get; private init; }

    /// <summary>How long the payment stays in processing, counted from the request.</summary>
    public TimeSpan Processes { get; private init; }

    /// <summary>When the webhook goes out, counted from the request.</summary>
    public TimeSpan Reports { get; private init; }

    public bool ReportsTwice { get; private init; }

    /// <summary>Tells, after the success, of a failed attempt that came before it.</summary>
    public bool ReportsOldFailure { get; private init; }

    public Reply Reply { get; private init; }

    /// <summary>The card of that name; null when there is none.</summary>
    /// <param name="late">After how long <c>tok_late</c> succeeds.</param>
    public static TestCard? Find(string name, TimeSpan late) => name switch
    {
        "tok_ok" or "pm_card_visa" => new(),
        "tok_declined" or "pm_card_chargeDeclined" => new() { DeclineCode = "generic_decline" },
        "tok_insufficient_funds" => new() { DeclineCode = "insufficient_funds" },
        "tok_slow" => new() { Runs = Seconds(3), Processes = Seconds(3), Reports = Seconds(3) },
        "tok_timeout" => new() { Runs = Seconds(3), Processes = Seconds(3), Reports = Seconds(8), Reply = Reply.Never },
        "tok_late" => new() { Processes = late, Reports = late, Reply = Reply.Never },
        "tok_duplicate" => new() { ReportsTwice = true },
        "tok_before" => new() { Reply = Reply.AfterTheWebhook },
        "tok_order" => new() { ReportsOldFailure = true },
        "tok_fail_after" => new() { Reply = Reply.Fault },
        _ => null,
    };

    static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}

/// <summary>What the request that charges a card hears.</summary>
public enum Reply
{
    Answer,
    AfterTheWebhook,

    /// <summary>A 500, although the money is taken. Repetitions hear the same 500, as at Stripe.</summary>
    Fault,

    /// <summary>Nothing, until the client leaves.</summary>
    Never,
}
