namespace SocialRegistry.Contracts;

/// <summary>Who belongs to which group. Groups themselves are registrants of kind <c>group</c>.</summary>
public interface IGroups
{
    /// <summary>Puts an individual into a group. At most one open head per group. Permission <c>registrants:write</c>.</summary>
    Task<Outcome<MembershipView>> AddMemberAsync(
        MembershipView membership,
        Caller caller,
        CancellationToken cancellationToken
    );
}
