using Microsoft.AspNetCore.Http;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Standards.Dci;

/// <summary>
/// The one place that knows DCI's codes: message errors (<c>err.…</c>, with an HTTP status) and reasons of rejected items (<c>rjct.…</c>,
/// inside an answer of status 200), and how refusals of our own become one or the other. Texts name members and rules, never values.
/// </summary>
internal static class DciErrors
{
    public const string Unauthorized = "err.request.unauthorized";
    public const string Forbidden = "err.request.forbidden";
    public const string BadRequest = "err.request.bad";
    public const string NotFound = "err.request.not_found";
    public const string TooManyRequests = "err.request.too_many_requests";
    public const string Unavailable = "err.service.unavailable";

    public static readonly Problem WrongContentType = Bad("Send the message as application/json in UTF-8.");

    public static readonly Problem NotJson = Bad(
        "The body is not JSON that can be taken: it must be well-formed UTF-8 of one object, nested at most 64 deep."
    );

    public static readonly Problem WrongVersion = Problem.Invalid(
        "err.version.not_supported",
        "Version 1.0.0 of the protocol is spoken here."
    );

    public static readonly Problem WrongSender = Problem.Forbidden(
        "err.sender_id.invalid",
        "header.sender_id must be the partner to whom the token was issued."
    );

    public static readonly Problem WrongReceiver = Problem.Invalid(
        "err.receiver_id.invalid",
        "header.receiver_id is not a name of this registry; leave it out, or use the name given at onboarding."
    );

    public static readonly Problem SignatureMissing = new(
        "err.signature.missing",
        ProblemKind.Unauthenticated,
        "Messages of this partner must be signed."
    );

    public static readonly Problem Encrypted = Problem.Invalid(
        "err.encryption.invalid",
        "Encrypted messages cannot be read here; send is_msg_encrypted: false and the message in clear."
    );

    public static readonly Problem Internal = new(
        Unavailable,
        ProblemKind.Unavailable,
        "Something went wrong here. Try again later, and tell the operator the correlation_id."
    );

    public static Problem Bad(string detail) => Problem.Invalid(BadRequest, detail);

    public static Problem TooLarge(int most) =>
        new(BadRequest, ProblemKind.TooLarge, $"A message has at most {most} bytes.");

    /// <param name="why">Names the rule that was broken.</param>
    public static Problem SignatureInvalid(string why) =>
        new("err.signature.invalid", ProblemKind.Unauthenticated, "The signature was not accepted: " + why);

    /// <summary>The HTTP status of a message error (DCI API standard, error handling).</summary>
    public static int Status(Problem problem) =>
        ReferenceEquals(problem, WrongContentType) ? StatusCodes.Status415UnsupportedMediaType
        : ReferenceEquals(problem, Internal) ? StatusCodes.Status500InternalServerError
        : problem.Kind.ToStatus();

    /// <summary>DCI's code for a refusal: DCI's own codes stay, those of other modules are told by their kind.</summary>
    public static string Code(Problem problem) =>
        problem.Code.StartsWith("err.", StringComparison.Ordinal)
            ? problem.Code
            : problem.Kind switch
            {
                ProblemKind.Unauthenticated => Unauthorized,
                ProblemKind.Forbidden => Forbidden,
                ProblemKind.NotFound or ProblemKind.Gone => NotFound,
                ProblemKind.TooMany => TooManyRequests,
                ProblemKind.Unavailable => Unavailable,
                _ => BadRequest,
            };

    /// <summary>A refusal of the core about one search, as the item's reason; <c>null</c> when it is no fault of the item.</summary>
    public static Rejection? ToRejection(Problem problem) =>
        problem.Kind switch
        {
            ProblemKind.Invalid => Rejection.Criteria(problem.Detail),
            ProblemKind.TooLarge => Rejection.TooManyRecords(problem.Detail),
            ProblemKind.Forbidden => Rejection.Criteria("This search is not open to this partner."),
            _ => null,
        };
}

/// <summary>Why one item was rejected.</summary>
/// <param name="Code">One of <c>SearchStatusReasonCode</c>.</param>
/// <param name="Message">At most 999 characters.</param>
internal sealed record Rejection(string Code, string Message)
{
    public const int MaxMessage = 999;

    public static readonly Rejection DuplicateReference = new(
        "rjct.reference_id.duplicate",
        "reference_id must be unique in the message."
    );

    public static readonly Rejection BadReference = new(
        "rjct.reference_id.invalid",
        "reference_id has 1 to 99 characters and no control characters."
    );

    public static readonly Rejection BadTimestamp = new("rjct.timestamp.invalid", "timestamp is empty.");

    public static Rejection Criteria(string message) => new("rjct.search_criteria.invalid", Cut(message));

    public static Rejection Filter(string message) => new("rjct.filter.invalid", Cut(message));

    public static Rejection Sort(string message) => new("rjct.sort.invalid", Cut(message));

    public static Rejection TooManyRecords(string message) => new("rjct.search.too_many_records_found", Cut(message));

    private static string Cut(string message) => message.Length <= MaxMessage ? message : message[..MaxMessage];
}
