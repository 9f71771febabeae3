using SocialRegistry.Contracts;

namespace SocialRegistry.Credentials.Offers;

/// <summary>What can be refused about offers. Codes are stable.</summary>
internal static class OfferProblems
{
    public static Problem Malformed(string detail) => Problem.Invalid("credential_offers.malformed", detail);

    public static Problem TooLarge { get; } =
        new("credential_offers.too_large", ProblemKind.TooLarge, "An offer request has at most 16,384 bytes.");

    public static Problem Invalid(params IReadOnlyList<FieldProblem> fields) =>
        Problem.Invalid("credential_offers.invalid", "The offer cannot be made as it was asked for.", fields);

    public static Problem NoRegistrant { get; } =
        Problem.NotFound(
            "credential_offers.registrant_unknown",
            "There is no such registrant, or it is not for this caller."
        );

    public static Problem OtherKind(string kind) =>
        Problem.Conflict("credential_offers.other_kind", $"This credential is about records of kind {kind}.");

    public static Problem NotActive { get; } =
        Problem.Conflict("credential_offers.not_active", "Credentials are offered about active records only.");

    public static Problem NotAttested(IEnumerable<string> fields) =>
        Problem.Conflict(
            "credential_offers.not_attested",
            "Some fields without which there is no such credential are not attested. Have them attested first."
        ) with
        {
            Fields =
            [
                .. fields.Select(field => new FieldProblem(field, "not_attested", "Must stand and be attested.")),
            ],
        };

    public static Problem NoOffer { get; } =
        Problem.NotFound(
            "credential_offers.not_found",
            "There is no such offer, or it was taken up or has ended. Ask for a new one."
        );
}
