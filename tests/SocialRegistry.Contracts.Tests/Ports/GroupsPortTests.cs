namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>The suite of the port <c>IGroups</c>.</summary>
public abstract class GroupsPortTests : PortTests;
