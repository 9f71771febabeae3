using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Groups;

internal static class GroupsModule
{
    /// <summary>The port <c>IGroups</c> and what it is made of.</summary>
    public static void AddGroups(this IServiceCollection services)
    {
        services.AddSingleton<HouseholdRule>();
        services.AddSingleton<HouseholdHeads>();
        services.AddSingleton<MembershipRules>();
        services.AddSingleton<GroupWork>();
        services.AddSingleton<NewGroupRecord>();
        services.AddSingleton<CreateGroup>();
        services.AddSingleton<ChangeMembers>();
        services.AddSingleton<ChangeManyMembers>();
        services.AddSingleton<SplitGroup>();
        services.AddSingleton<MergeGroups>();
        services.AddSingleton<ChangeHead>();
        services.AddSingleton<DissolveGroup>();
        services.AddSingleton<ListMemberships>();
        services.AddSingleton<FiguresReader>();
        services.AddSingleton<IGroups, GroupsPort>();
    }
}
