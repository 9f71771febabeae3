using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Groups;

/// <summary>What can be refused about groups. Codes are stable.</summary>
internal static class GroupProblems
{
    public static Problem HeadExists { get; } =
        Problem.Conflict("groups.head_exists", "The group has a head already; end that membership or change the head.");

    public static Problem HeadRequired { get; } =
        Problem.Conflict(
            "groups.head_required",
            "A household with members has a head: name the one who is head from then on in the same call."
        );

    public static Problem KindTaken(string kind) =>
        Problem.Conflict("groups.kind_taken", $"Another member of the group is its {kind}, and only one can be.");

    public static Problem MemberExists { get; } =
        Problem.Conflict("groups.member_exists", "This person is a member of the group already.");

    public static Problem Overlap { get; } =
        Problem.Conflict(
            "groups.membership_overlaps",
            "This person was a member of the group at that time: the periods overlap."
        );

    public static Problem NotActive { get; } =
        Problem.Conflict("groups.not_active", "The group is not active: nobody joins it and nothing is done with it.");

    public static Problem MemberNotActive { get; } =
        Problem.Conflict("groups.member_not_active", "A person whose record is deceased or merged joins no group.");

    public static Problem MembersOutsideRows { get; } =
        Problem.Forbidden(
            "groups.members_outside_rows",
            "The group has members beyond the records of this caller: somebody who may know of all of them does this."
        );

    public static Problem NotMember { get; } =
        Problem.NotFound("groups.not_member", "This person has no open membership in the group.");

    public static Problem TooLarge(int most) =>
        new(
            "groups.too_large",
            ProblemKind.TooLarge,
            $"The group has more than {most} open members: split, merge, change of head and dissolution take groups up to that. "
                + "Let its members join, change and leave one by one, or several at once with POST members/batch."
        );

    public static Problem NotForCaller { get; } =
        Problem.Forbidden("groups.not_for_caller", "Memberships are not among the fields of this caller.");

    public static Problem PeriodQuery { get; } =
        Problem.Invalid(
            "groups.query_invalid",
            "Ask for the memberships of a day or for all of them.",
            new FieldProblem("at", "together", "Not together with 'all', and within the years 1850 to 2200.")
        );

    public static Problem Unknown { get; } =
        Problem.Invalid(
            "import.group_unknown",
            "There is no group with this identifier.",
            new FieldProblem("group", "unknown", "Bring the group in before its members.")
        );
}
