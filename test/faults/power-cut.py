# Shuts the file system mounted at argv[1] down at once, as a power cut would: what is not on the disk is
# lost. FS_IOC_SHUTDOWN = _IOR('X', 125, __u32) of ext4, xfs and f2fs; 2 leaves the log unflushed.
import fcntl, os, struct, sys

fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587D, struct.pack("I", 2))
