namespace MiStore.Checkout.Stock;

/// <summary>How units move between the accounts of a batch. Every hold has its release beside it.</summary>
public enum Movement
{
    /// <summary>supply → available: a batch is released.</summary>
    Released,

    /// <summary>available → reserved: an order holds them.</summary>
    Reserved,

    /// <summary>reserved → available: the order came to nothing.</summary>
    Returned,

    /// <summary>reserved → sold: the order is paid.</summary>
    Sold,

    /// <summary>sold → available: a paid order was taken back before it was packed.</summary>
    Restocked,

    /// <summary>available → withdrawn: an operator took back what was left.</summary>
    Withdrawn,
}

public static class Movements
{
    /// <summary>As the ledger writes it.</summary>
    public static (string Movement, string From, string To) Entry(this Movement movement) => movement switch
    {
        Movement.Released => ("released", "supply", "available"),
        Movement.Reserved => ("reserved", "available", "reserved"),
        Movement.Returned => ("returned", "reserved", "available"),
        Movement.Sold => ("sold", "reserved", "sold"),
        Movement.Restocked => ("restocked", "sold", "available"),
        Movement.Withdrawn => ("withdrawn", "available", "withdrawn"),
        _ => throw new ArgumentOutOfRangeException(nameof(movement)),
    };
}
