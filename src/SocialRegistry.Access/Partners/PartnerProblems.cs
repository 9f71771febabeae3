using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Partners;

/// <summary>What can be refused about partners.</summary>
internal static class PartnerProblems
{
    public static Problem NotFound { get; } = Problem.NotFound("partners.not_found", "There is no such partner.");

    public static Problem Taken { get; } =
        Problem.Conflict("partners.taken", "A partner has or had this id; ids are never given a second time.");

    public static Problem Retired { get; } =
        Problem.Conflict("partners.retired", "The partner was retired for good. Make another one.");

    public static Problem NoCredential { get; } =
        Problem.Conflict(
            "partners.no_credential",
            "Without its secret the partner could not prove who it is. Give it jwks first, or suspend it."
        );
}
