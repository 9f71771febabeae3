namespace SocialRegistry.Protection;

/// <summary>A protected value could not be opened. One answer for every cause, so that nothing is learnt from it.</summary>
public sealed class ProtectionException() : Exception("The protected value cannot be opened.");
