using SocialRegistry.Contracts;

namespace SocialRegistry.Credentials.Offers;

/// <summary>Why an offer is refused.</summary>
internal static class OfferProblems
{
    public static Problem UnknownRegistrant { get; } =
        Problem.NotFound(
            "credentials.registrant_unknown",
            "There is no such registrant, or it is not for this caller."
        );

    public static Problem UnknownOffer { get; } =
        Problem.NotFound(
            "credentials.offer_unknown",
            "There is no such offer: it was used, has expired, or never was."
        );

    public static Problem RepeatedConfiguration { get; } =
        Problem.Invalid("credentials.configuration_repeated", "A configuration is named twice; name each once.");

    public static Problem UnknownConfiguration(IEnumerable<string> known) =>
        Problem.Invalid(
            "credentials.configuration_unknown",
            "A configuration is not known here. Known are: " + string.Join(", ", known) + ".",
            new FieldProblem("configurations", "unknown", "An id of the issuer metadata.")
        );

    public static Problem WrongKind(string kind) =>
        Problem.Conflict("credentials.kind", $"This credential is about registrants of kind {kind} only.");

    public static Problem NotAttested(IReadOnlyList<string> fields) =>
        Problem.Conflict(
            "credentials.not_attested",
            "A credential speaks of attested fields only. Attest first: " + string.Join(", ", fields) + "."
        ) with
        {
            Fields =
            [
                .. fields.Select(field => new FieldProblem(field, "not_attested", "Must be ATTESTED and still valid.")),
            ],
        };
}
