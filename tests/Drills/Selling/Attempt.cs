namespace MiStore.Drills.Selling;

/// <summary>What became of an attempt, as far as its client was told.</summary>
public enum Ending
{
    /// <summary>No definite answer: nothing was promised, and nothing may be assumed.</summary>
    Unresolved,

    /// <summary>201, or 200 for a repetition: the store has promised an order.</summary>
    Acknowledged,

    /// <summary>A refusal with a code: the store has promised that there is no order.</summary>
    Refused,
}

/// <summary>
/// The first of the four books: one buyer's one attempt to buy one unit, written by the client alone. The e-mail address
/// is the attempt's own, so that an order can be traced to it without believing the store's idempotency key.
/// </summary>
public sealed class Attempt(string key, string email, string card)
{
    public string Key => key;

    public string Email => email;

    public string Card => card;

    public Ending Ending { get; set; }

    /// <summary>The refusal's code, such as sold-out; null otherwise.</summary>
    public string? Code { get; set; }

    public Guid OrderId { get; set; }

    /// <summary>The total that was acknowledged, in cents.</summary>
    public long Total { get; set; }

    /// <summary>When the request was sent that was answered, and when its answer was there.</summary>
    public DateTimeOffset SentAt { get; set; }

    public DateTimeOffset AnsweredAt { get; set; }

    /// <summary>The request, to be sent once more when all is over.</summary>
    public string? Body { get; set; }

    public int Tries { get; set; }

    /// <summary>Answers under the same key that named another order than the first did, or none although one was promised.</summary>
    public int Contradictions { get; set; }
}

/// <summary>What clients saw of the store's troubles, by status; 0 is a connection that broke or never was.</summary>
public sealed record Trouble(DateTimeOffset At, int Status, string? Code);
