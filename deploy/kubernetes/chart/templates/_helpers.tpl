{{- define "asm.fullname" -}}
{{- printf "%s-asm" .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{- define "asm.labels" -}}
app.kubernetes.io/name: asm
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "asm.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}

{{- define "asm.serviceAccount" -}}
{{- if .Values.serviceAccount.name -}}
{{ .Values.serviceAccount.name }}
{{- else if .Values.serviceAccount.create -}}
{{ include "asm.fullname" . }}
{{- else -}}
{{- fail "serviceAccount.create is false and serviceAccount.name is empty: name the account that starts executors" -}}
{{- end -}}
{{- end -}}

{{- define "asm.claim" -}}
{{- if .Values.storage.name -}}
{{ .Values.storage.name }}
{{- else if eq .Values.storage.claim "create" -}}
{{ include "asm.fullname" . }}-data
{{- else -}}
{{- fail "storage.claim is existing and storage.name is empty: name the claim, or set storage.claim to create or none" -}}
{{- end -}}
{{- end -}}

{{/* Java's options of a pod, as bin/asm sets them. The argument is .Values.driver or .Values.executor, and the root. */}}
{{- define "asm.javaOptions" -}}
{{- $root := index . 0 -}}{{- $pod := index . 1 -}}
{{- with $root.Values.javaModules }}--add-modules={{ . }} {{ end -}}
{{- $heap := int64 $pod.heapMiB -}}{{- $overhead := int64 $pod.overheadMiB -}}
-Dorg.bytedeco.javacpp.maxbytes={{ div (mul $overhead 8) 10 }}m
{{- /* */}} -Dorg.bytedeco.javacpp.maxphysicalbytes={{ div (mul (add $heap $overhead) 95) 100 }}m
{{- /* */}} -Dorg.bytedeco.javacpp.cachedir=/tmp/asm-natives
{{- end -}}

{{/* Threads of the native libraries in a pod; the argument is its number of cores. */}}
{{- define "asm.threads" -}}
OMP_NUM_THREADS: {{ . | quote }}
OPENBLAS_NUM_THREADS: {{ . | quote }}
OMP_WAIT_POLICY: PASSIVE
GOMP_SPINCOUNT: "10000"
OPENBLAS_THREAD_TIMEOUT: "4"
CUDA_DEVICE_ORDER: PCI_BUS_ID
{{- end -}}

{{/* Spark's properties that are the same whoever submits; sizes, Java's options and GPUs come with the pods. */}}
{{- define "asm.sparkConf" -}}
{{- $conf := dict -}}
{{- $_ := set $conf "spark.task.cpus" (toString .Values.executor.cores) -}}
{{- range $name, $value := fromYaml (include "asm.threads" (toString .Values.executor.cores)) -}}
{{- $_ := set $conf (printf "spark.executorEnv.%s" $name) $value -}}
{{- end -}}
{{- /* Where sparkConf switches an event log on, a run of weeks must not make one file of it. */ -}}
{{- $_ := set $conf "spark.eventLog.rolling.enabled" "true" -}}
{{- $_ := set $conf "spark.eventLog.rolling.maxFileSize" "32m" -}}
{{- /* Spark's default, a second, is too short for a driver that has just started. */ -}}
{{- $_ := set $conf "spark.kubernetes.allocation.driver.readinessTimeout" "30s" -}}
{{- if .Values.gpu.enabled -}}
{{- $roles := list "executor" -}}
{{- if eq .Values.mode "operator" -}}{{- $roles = append $roles "driver" -}}{{- end -}}
{{- range $role := $roles -}}
{{- $_ := set $conf (printf "spark.%s.resource.gpu.amount" $role) "1" -}}
{{- $_ := set $conf (printf "spark.%s.resource.gpu.vendor" $role) $.Values.gpu.vendor -}}
{{- $_ := set $conf (printf "spark.%s.resource.gpu.discoveryScript" $role) "/opt/asm/bin/discover-gpus" -}}
{{- end -}}
{{- $_ := set $conf "spark.task.resource.gpu.amount" "1" -}}
{{- end -}}
{{- range $name, $value := .Values.sparkConf -}}
{{- $_ := set $conf $name (toString $value) -}}
{{- end -}}
{{- toYaml $conf -}}
{{- end -}}

{{/* Environment of every pod. */}}
{{- define "asm.env" -}}
{{- if .Values.hadoop.configMap }}
- { name: HADOOP_CONF_DIR, value: /etc/hadoop/conf }
{{- end }}
{{- with .Values.hadoop.user }}
- { name: HADOOP_USER_NAME, value: {{ . | quote }} }
{{- end }}
{{- with .Values.env }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "asm.volumeMounts" -}}
- { name: scratch, mountPath: /tmp, subPath: tmp }
- { name: scratch, mountPath: /var/lib/asm, subPath: work }
{{- if .Values.sharedMemoryMiB }}
- { name: shared-memory, mountPath: /dev/shm }
{{- end }}
{{- if ne .Values.storage.claim "none" }}
- { name: data, mountPath: {{ .Values.storage.mountPath | quote }} }
{{- end }}
{{- if .Values.hadoop.configMap }}
- { name: hadoop-conf, mountPath: /etc/hadoop/conf, readOnly: true }
{{- end }}
{{- end -}}

{{- define "asm.volumes" -}}
- name: scratch
  emptyDir: { sizeLimit: {{ .Values.scratch.sizeGiB }}Gi }
{{- if .Values.sharedMemoryMiB }}
- name: shared-memory
  emptyDir: { medium: Memory, sizeLimit: {{ int64 .Values.sharedMemoryMiB }}Mi }
{{- end }}
{{- if ne .Values.storage.claim "none" }}
- name: data
  persistentVolumeClaim: { claimName: {{ include "asm.claim" . }} }
{{- end }}
{{- if .Values.hadoop.configMap }}
- name: hadoop-conf
  configMap: { name: {{ .Values.hadoop.configMap }} }
{{- end }}
{{- end -}}

{{- define "asm.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end -}}

{{/* What the pods of drivers and executors share; arguments: the root, and .Values.driver or .Values.executor. */}}
{{- define "asm.podSpec" -}}
{{- $root := index . 0 -}}{{- $pod := index . 1 -}}
securityContext:
  runAsNonRoot: true
  {{- toYaml $root.Values.securityContext | nindent 2 }}
  seccompProfile: { type: RuntimeDefault }
{{- with $root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - { name: {{ . | quote }} }
  {{- end }}
{{- end }}
{{- with $pod.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- $tolerations := $pod.tolerations }}
{{- if $root.Values.gpu.enabled }}{{- $tolerations = concat $tolerations $root.Values.gpu.tolerations }}{{- end }}
{{- with $tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $pod.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- /* Last, so that more volumes may follow. */}}
volumes:
  {{- include "asm.volumes" $root | nindent 2 }}
{{- end -}}

{{/* Arguments: the root, the pod's values, the job's name where it is known. */}}
{{- define "asm.podMetadata" -}}
{{- $root := index . 0 -}}{{- $pod := index . 1 -}}
labels:
  app.kubernetes.io/name: asm
  app.kubernetes.io/instance: {{ $root.Release.Name }}
  {{- if gt (len .) 2 }}
  app.kubernetes.io/component: {{ index . 2 }}
  {{- end }}
  {{- with $pod.labels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with $pod.annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Template of a pod that Spark itself fills in (image, arguments, resources). Arguments: the root, the pod's values, its role. */}}
{{- define "asm.podTemplate" -}}
{{- $root := index . 0 -}}{{- $pod := index . 1 -}}{{- $role := index . 2 -}}
metadata:
  {{- include "asm.podMetadata" (list $root $pod) | nindent 2 }}
spec:
  {{- include "asm.podSpec" (list $root $pod) | nindent 2 }}
  {{- if eq $role "executor" }}
  # Executors talk to the driver alone.
  automountServiceAccountToken: false
  {{- end }}
  containers:
    - name: spark-kubernetes-{{ $role }}
      securityContext:
        {{- include "asm.containerSecurity" $root | nindent 8 }}
      volumeMounts:
        {{- include "asm.volumeMounts" $root | nindent 8 }}
      {{- $env := include "asm.env" $root | fromYamlArray }}
      {{- if eq $role "driver" }}
      {{- range $name, $value := fromYaml (include "asm.threads" (toString $pod.cores)) }}
      {{- $env = append $env (dict "name" $name "value" $value) }}
      {{- end }}
      {{- end }}
      {{- with $env }}
      env:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $root.Values.envFrom }}
      envFrom:
        {{- toYaml . | nindent 8 }}
      {{- end }}
{{- end -}}

{{/* Name of what a job becomes: short enough for the suffixes that controllers and Spark add. Arguments: the root, the job's name. */}}
{{- define "asm.jobName" -}}
{{- printf "%s-%s" (index . 0).Release.Name (index . 1) | trunc 40 | trimSuffix "-" -}}
{{- end -}}
