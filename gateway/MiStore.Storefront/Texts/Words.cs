using MiStore.Client;

namespace MiStore.Storefront;

/// <summary>
/// Everything that the pages say, in one language. Each text is required, so a language that lacks one does not compile;
/// places in braces are filled in by the page.
/// </summary>
public sealed record Words
{
    public static IReadOnlyDictionary<string, Words> All { get; } = new Dictionary<string, Words>
    {
        ["en"] = English.Words,
        ["de"] = German.Words,
        ["fr"] = French.Words,
    };

    public static Words In(string language) => All[language];

    // A market may be added while we run. Then its own name has to do, and the plainest words for its button.
    public string Country(Market market) => Countries.GetValueOrDefault(market.Code, market.Name);

    public string In(Market market) => InCountry.GetValueOrDefault(market.Code, market.Name);

    public string BuyButton(string market) => BuyButtons.GetValueOrDefault(market, BuyButtons["DE"]);

    public string ShippingName(string code, string otherwise) => ShippingMethods.GetValueOrDefault(code, otherwise);

    public string OrderStatus(string status) => Statuses.GetValueOrDefault(status, status);

    public string OrderHeadline(string status) => Headlines.GetValueOrDefault(status, OrderStatus(status));

    public string Minutes(int minutes) => minutes == 1 ? OneMinute : string.Format(SomeMinutes, minutes);

    public string OrderText(string status) => Outcomes.GetValueOrDefault(status, "");

    // Places and forms of writing.
    public required string LanguageName { get; init; }
    public required string DateAndTime { get; init; }
    public required string TimeOfDay { get; init; }
    public required string LocalTime { get; init; }
    public required string Yes { get; init; }
    public required string No { get; init; }

    // Around every page.
    public required string SkipToContent { get; init; }
    public required string Categories { get; init; }
    public required string Search { get; init; }
    public required string Cart { get; init; }
    public required string UnitsInCart { get; init; }
    public required string Seller { get; init; }
    public required string MarketAndLanguage { get; init; }
    public required string OtherMarkets { get; init; }
    public required string PracticeTitle { get; init; }
    public required string PracticeText { get; init; }
    public required string ToTheStore { get; init; }
    public required string Store { get; init; }
    public required string YouAreHere { get; init; }

    // Choosing a market.
    public required string ChoiceTitle { get; init; }
    public required string ChoiceText { get; init; }
    public required string ContinueTo { get; init; }
    public required string ChoiceOpen { get; init; }
    public required string ChoiceTest { get; init; }
    public required string ChoicePaused { get; init; }
    public required string ChoiceSoon { get; init; }
    public required string ForDevelopers { get; init; }

    // Home.
    public required string HomeTitle { get; init; }
    public required string HeroTitle { get; init; }
    public required string HeroText { get; init; }
    public required string SeeWhatIsOnSale { get; init; }
    public required string SeeWhatIsComing { get; init; }
    public required string PhaseOpen { get; init; }
    public required string PhaseTest { get; init; }
    public required string PhasePaused { get; init; }
    public required string PhaseSoon { get; init; }
    public required string OnSaleTitle { get; init; }
    public required string ComingTitle { get; init; }
    public required string PausedTitle { get; init; }
    public required string SoldOutTitle { get; init; }
    public required string PromisesTitle { get; init; }
    public required string NotHereTitle { get; init; }
    public required string NotHereText { get; init; }

    // Products.
    public required string Products { get; init; }
    public required string AllProducts { get; init; }
    public required string SearchTitle { get; init; }
    public required string NothingFound { get; init; }
    public required string From { get; init; }
    public required string TaxIncludedLine { get; init; }
    public required string TaxExcludedLine { get; init; }
    public required string LowestPrice { get; init; }
    public required string StateSellable { get; init; }
    public required string StateFew { get; init; }
    public required string StateUpcoming { get; init; }
    public required string StateUpcomingFrom { get; init; }
    public required string StateSoldOut { get; init; }
    public required string StateSoldOutUntil { get; init; }
    public required string StatePaused { get; init; }
    public required string StateRestricted { get; init; }
    public required string StateNotOffered { get; init; }
    public required string TimeLeft { get; init; }
    public required string OwnTime { get; init; }
    public required string WhyNotHere { get; init; }
    public required string ReviewOn { get; init; }
    public required string LimitOne { get; init; }
    public required string Limit { get; init; }
    public required string Quantity { get; init; }
    public required string AddToCart { get; init; }
    public required string Specifications { get; init; }

    // Cart.
    public required string CartEmpty { get; init; }
    public required string CartElsewhere { get; init; }
    public required string MoveCart { get; init; }
    public required string StayWithCart { get; init; }
    public required string MovedTitle { get; init; }
    public required string ChangeRepriced { get; init; }
    public required string ChangeLimited { get; init; }
    public required string ChangeNotSold { get; init; }
    public required string Each { get; init; }
    public required string Update { get; init; }
    public required string Remove { get; init; }
    public required string Summary { get; init; }
    public required string Subtotal { get; init; }
    public required string ToCheckout { get; init; }
    public required string RemoveUnavailable { get; init; }
    public required string AlreadyInCart { get; init; }

    public required string ElsewhereTitle { get; init; }
    public required string ElsewhereText { get; init; }
    public required string LinkedCartTitle { get; init; }
    public required string LinkedCartText { get; init; }
    public required string LinkedCartEmpty { get; init; }
    public required string LinkedCart { get; init; }
    public required string OwnCart { get; init; }
    public required string TakeCart { get; init; }
    public required string TwoCartsText { get; init; }
    public required string MergeCarts { get; init; }
    public required string KeepOwnCart { get; init; }
    public required string MergedTitle { get; init; }
    public required string MergeConflicts { get; init; }

    // Checkout.
    public required string Checkout { get; init; }
    public required string StepAddress { get; init; }
    public required string StepReview { get; init; }
    public required string AddressTitle { get; init; }
    public required string Email { get; init; }
    public required string FullName { get; init; }
    public required string Line1 { get; init; }
    public required string Line2 { get; init; }
    public required string Optional { get; init; }
    public required string City { get; init; }
    public required string Town { get; init; }
    public required string State { get; init; }
    public required string ZipCode { get; init; }
    public required string Postcode { get; init; }
    public required string PostalCode { get; init; }
    public required string DeliversTo { get; init; }
    public required string ToReview { get; init; }
    public required string FillGaps { get; init; }
    public required string ReviewTitle { get; init; }
    public required string DeliverTo { get; init; }
    public required string Change { get; init; }
    public required string ShippingTitle { get; init; }
    public required string OneDay { get; init; }
    public required string SomeDays { get; init; }
    public required string DaysRange { get; init; }
    public required string Free { get; init; }
    public required string PaymentTitle { get; init; }
    public required string Shipping { get; init; }
    public required string Total { get; init; }
    public required string TaxWithin { get; init; }
    public required string PriceHoldsUntil { get; init; }
    public required string HoldPrice { get; init; }
    public required string RetryTitle { get; init; }
    public required string RetryText { get; init; }
    public required string RetryButton { get; init; }
    public required string OrderedTitle { get; init; }
    public required string OrderedText { get; init; }

    // Orders.
    public required string OrderTitle { get; init; }
    public required string Timeline { get; init; }
    public required string OrderWaiting { get; init; }
    public required string KeepTheLink { get; init; }
    public required string CancelOrder { get; init; }
    public required string CancelText { get; init; }
    public required string OrderAgain { get; init; }

    // What the store refuses.
    public required string ThisProduct { get; init; }
    public required string RefusedNotSold { get; init; }
    public required string RefusedLimit { get; init; }
    public required string RefusedLimitOne { get; init; }
    public required string RefusedNotYet { get; init; }
    public required string RefusedNotYetFrom { get; init; }
    public required string RefusedPaused { get; init; }
    public required string RefusedProductPaused { get; init; }
    public required string RefusedSoldOut { get; init; }
    public required string RefusedTooFew { get; init; }
    public required string RefusedQuantity { get; init; }
    public required string RefusedCartFull { get; init; }
    public required string RefusedUnknown { get; init; }
    public required string RefusedUnknownCart { get; init; }
    public required string RefusedPriceChanged { get; init; }
    public required string RefusedQuoteExpired { get; init; }
    public required string RefusedDestination { get; init; }
    public required string RefusedAddress { get; init; }
    public required string RefusedTooLate { get; init; }
    public required string RefusedBusy { get; init; }
    public required string Declined { get; init; }
    public required string DeclinedFunds { get; init; }

    // When a page cannot be shown.
    public required string NotFoundTitle { get; init; }
    public required string NotFoundText { get; init; }
    public required string BusyTitle { get; init; }
    public required string BusyText { get; init; }
    public required string ForeignFormTitle { get; init; }
    public required string ForeignFormText { get; init; }
    public required string LineLost { get; init; }
    public required string FaultTitle { get; init; }
    public required string FaultText { get; init; }

    // Legal texts, safety, notices and finding an order again.
    public required string LegalVersion { get; init; }
    public required string LegalTitle { get; init; }
    public required string AcceptTerms { get; init; }
    public required string AcceptedTerms { get; init; }
    public required string YourOrders { get; init; }
    public required string WithdrawFromContract { get; init; }
    public required string LookUpTitle { get; init; }
    public required string LookUpText { get; init; }
    public required string OrderNumber { get; init; }
    public required string LookUpButton { get; init; }
    public required string LookUpLimits { get; init; }
    public required string NoticeLabel { get; init; }
    public required string NoticeButton { get; init; }
    public required string NoticeText { get; init; }
    public required string NoticeNoted { get; init; }
    public required string SafetyTitle { get; init; }
    public required string DisposalTitle { get; init; }
    public required string Manufacturer { get; init; }
    public required string ResponsiblePerson { get; init; }
    public required string RefusedUnknownOrder { get; init; }
    public required string RefusedTries { get; init; }
    public required string RefusedEmail { get; init; }
    public required string SoldOutPageTitle { get; init; }
    public required string SoldOutPageText { get; init; }

    // Sales that are held in turn.
    public required string TakePlace { get; init; }
    public required string InTurnBefore { get; init; }
    public required string InTurnNow { get; init; }
    public required string TakePlaceTitle { get; init; }
    public required string OnePlaceEach { get; init; }
    public required string SaleUnits { get; init; }
    public required string SaleOpens { get; init; }
    public required string SaleDraw { get; init; }
    public required string SalePerPlace { get; init; }
    public required string OneUnit { get; init; }
    public required string SomeUnits { get; init; }
    public required string SaleOrderTime { get; init; }
    public required string SaleWaiting { get; init; }
    public required string OneMinute { get; init; }
    public required string SomeMinutes { get; init; }
    public required string FairDraw { get; init; }
    public required string FairRecord { get; init; }
    public required string FairRecordLink { get; init; }
    public required string RegisteredTitle { get; init; }
    public required string RegisteredText { get; init; }
    public required string DrawingTitle { get; init; }
    public required string DrawingText { get; init; }
    public required string WaitingTitle { get; init; }
    public required string WaitingText { get; init; }
    public required string WaitingForOpening { get; init; }
    public required string Ahead { get; init; }
    public required string YouAreNext { get; init; }
    public required string WaitAbout { get; init; }
    public required string WaitSoon { get; init; }
    public required string ChanceCertain { get; init; }
    public required string ChancePossible { get; init; }
    public required string ChanceUnlikely { get; init; }
    public required string ChanceUnknown { get; init; }
    public required string MayLeave { get; init; }
    public required string LookAgain { get; init; }
    public required string PlaceIsKept { get; init; }
    public required string AdmittedTitle { get; init; }
    public required string AdmittedText { get; init; }
    public required string OnePlaceOneOrder { get; init; }
    public required string TurnUntil { get; init; }
    public required string ToCalendar { get; init; }
    public required string CalendarDraw { get; init; }
    public required string CalendarOpening { get; init; }
    public required string CalendarText { get; init; }
    public required string ReminderLabel { get; init; }
    public required string ReminderButton { get; init; }
    public required string ReminderText { get; init; }
    public required string ReminderNoted { get; init; }
    public required string MoreTime { get; init; }
    public required string MoreTimeEach { get; init; }
    public required string MoreTimeLeft { get; init; }
    public required string MoreTimeGiven { get; init; }
    public required string UsedTitle { get; init; }
    public required string UsedText { get; init; }
    public required string LapsedTitle { get; init; }
    public required string LapsedText { get; init; }
    public required string SupersededTitle { get; init; }
    public required string SupersededText { get; init; }
    public required string OutOfReachTitle { get; init; }
    public required string OutOfReachText { get; init; }
    public required string SaleOverTitle { get; init; }
    public required string SaleOverText { get; init; }
    public required string RefusedInTurn { get; init; }
    public required string RefusedTicketUsed { get; init; }
    public required string RefusedTicketEmail { get; init; }
    public required string RefusedPlaces { get; init; }
    public required string ProofWanted { get; init; }
    public required string ProofSolving { get; init; }
    public required string Seconds { get; init; }
    public required string RefusedMoreTime { get; init; }

    // Lists.
    /// <summary>Three, each with its title.</summary>
    public required IReadOnlyList<(string Title, string Text)> Promises { get; init; }

    /// <summary>By market code.</summary>
    public required IReadOnlyDictionary<string, string> Countries { get; init; }

    /// <summary>By market code, with its preposition.</summary>
    public required IReadOnlyDictionary<string, string> InCountry { get; init; }

    /// <summary>By market code: the button that obliges to pay, in the words that the market's law wants.</summary>
    public required IReadOnlyDictionary<string, string> BuyButtons { get; init; }

    /// <summary>By code; the store says others in the market's own language.</summary>
    public required IReadOnlyDictionary<string, string> ShippingMethods { get; init; }

    /// <summary>By the practice provider's token.</summary>
    public required IReadOnlyDictionary<string, string> TestCards { get; init; }

    /// <summary>By the unit of a specification, where the language writes another.</summary>
    public required IReadOnlyDictionary<string, string> Units { get; init; }

    /// <summary>By document: what a link to it says.</summary>
    public required IReadOnlyDictionary<string, string> LegalTitles { get; init; }

    /// <summary>By status of an order.</summary>
    public required IReadOnlyDictionary<string, string> Statuses { get; init; }

    /// <summary>By status of an order.</summary>
    public required IReadOnlyDictionary<string, string> Headlines { get; init; }

    /// <summary>By status of an order: what it means for the customer.</summary>
    public required IReadOnlyDictionary<string, string> Outcomes { get; init; }
}
